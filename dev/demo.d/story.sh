# shellcheck shell=bash
# The story that ./demo plays; sourced by it.

connections() {
  if [ "$REAL" = no ]; then
    person admin apply -k examples/sandbox > "$WORK/connections.log"
    return
  fi
  local rt=.systems/rt/env cloud=.systems/openstack/env
  if [ ! -r "$rt" ] || [ ! -r "$cloud" ]; then fail "start the real systems first: dev/systems up rt openstack"; fi
  # shellcheck disable=SC1090
  . "$rt"
  # shellcheck disable=SC1090
  . "$cloud"
  {
    person admin apply -k examples/real
    person admin create secret generic helpdesk-token --from-literal=token="$RT_TOKEN" --dry-run=client -o yaml | person admin apply -f -
    person admin create secret generic cloud-account --from-literal=username="$OS_USERNAME" --from-literal=password="$OS_PASSWORD" \
      --from-literal=projectName="$OS_PROJECT_NAME" --dry-run=client -o yaml | person admin apply -f -
    person admin patch connection helpdesk --type merge -p "{\"spec\":{\"endpoint\":\"$RT_URL\",\"requestTracker\":{\"queue\":\"$RT_QUEUE\",\"keyField\":\"$RT_KEY_FIELD\"}}}"
    person admin patch connection cloud --type merge -p "{\"spec\":{\"endpoint\":\"$OS_AUTH_URL\"}}"
  } > "$WORK/connections.log"
}

firewall_now() {
  if [ "$REAL" = no ]; then
    shown admin get configmaps -l orchestrator.secamo.io/sandbox=rule -o custom-columns=RULE:.data.rule
    return
  fi
  printf '$ curl %s\n' "…/v2.0/security-group-rules   (Neutron itself, asked without the operator)"
  cloud_rules
}

ticket_now() {
  if [ "$REAL" = no ]; then
    shown admin get configmaps -l orchestrator.secamo.io/sandbox=ticket -o custom-columns=ID:.data.number,STATUS:.data.status,SUBJECT:.data.subject
    return
  fi
  local id
  id=$(person requester get fcr "$REQUEST" -o 'jsonpath={.status.ticket.id}')
  printf '$ curl %s\n' "…/REST/2.0/ticket/$id   (Request Tracker itself, asked without the operator)"
  curl -sf -H "Authorization: token $RT_TOKEN" "$RT_URL/REST/2.0/ticket/$id" |
    python3 -c 'import json,sys; t=json.load(sys.stdin); print(t["id"], t["Status"], t["Subject"])'
}

cloud_rules() {
  local token network
  token=$(curl -sif -H 'Content-Type: application/json' -d "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\"$OS_USERNAME\",\"domain\":{\"id\":\"$OS_USER_DOMAIN_ID\"},\"password\":\"$OS_PASSWORD\"}}},\"scope\":{\"project\":{\"name\":\"$OS_PROJECT_NAME\",\"domain\":{\"id\":\"$OS_PROJECT_DOMAIN_ID\"}}}}}" "$OS_AUTH_URL/auth/tokens" | tee "$WORK/token.json" | tr -d '\r' | awk 'tolower($1) == "x-subject-token:" { print $2 }')
  network=$(tail -n 1 "$WORK/token.json" | python3 -c 'import json,sys
for s in json.load(sys.stdin)["token"]["catalog"]:
    if s["type"] == "network": print(s["endpoints"][0]["url"])')
  rm -f "$WORK/token.json"
  curl -sf -H "X-Auth-Token: $token" "$network/v2.0/security-group-rules?direction=ingress" | python3 -c 'import json,sys
rules = [r for r in json.load(sys.stdin)["security_group_rules"] if (r["description"] or "").startswith("process ")]
print("\n".join("%s %s %s %s" % (r["protocol"], r["port_range_min"], r["remote_ip_prefix"], r["description"]) for r in rules) or "no rule of ours")'
}

digest_now() { person requester get fcr "$REQUEST" -o 'jsonpath={.status.plan.digest}'; }

# A request that is asked about again until its plan is another one.
await_other_plan() {
  local old=$1
  begin_waiting
  until [ "$(digest_now)" != "$old" ]; do
    [ "$(waited)" -lt 30 ] || fail "the plan is still $old"
    still "waiting for another plan"
    sleep 0.2
  done
}

# Waits until the operator has counted the votes: what it saw one by one stands in the evidence one by one.
await_counted() {
  local votes=$1
  begin_waiting
  until [ "$(person requester get fcr "$REQUEST" -o 'jsonpath={range .status.votes[*]}v{end}')" = "$votes" ]; do
    [ "$(waited)" -lt 30 ] || fail "the vote is not counted"
    still "waiting for the vote to be counted"
    sleep 0.2
  done
}

story() {
  local file=examples/sandbox/request.yaml digest old
  [ "$REAL" = no ] || file=examples/real/request.yaml

  say "All of this is in namespace $NAMESPACE: to type it yourself, write -n $NAMESPACE behind each command."
  say "1. The policy asks for two people: one at gate security and, as access from outside is opened, one at gate owner."
  person admin apply -f dev/demo.d/two-gates.yaml >> "$WORK/connections.log"
  shown admin get approvalpolicies -o custom-columns='POLICY:.metadata.name,GATES:.spec.rules[*].gates[*].name'

  say "2. An engineer asks for access. Here it ends after 15 seconds, to see the end."
  printf 'requester$ sed "s/expiresAfter: .*/expiresAfter: 15s/" \\\n    %s | kubectl apply -f -\n' "$file"
  sed 's/expiresAfter: .*/expiresAfter: 15s/' "$file" | person requester apply -f -
  await AwaitingApproval 60

  say "3. The operator has opened a ticket and made a plan. Whose turn is it?"
  shown requester get fcr
  digest=$(digest_now)

  say "4. Nobody approves their own request. The API server itself says so."
  refused requester "you requested this change: somebody else must approve it" \
    annotate fcr "$REQUEST" "processes.secamo.io/approve=security:$digest mine is fine"

  say "5. Somebody without the right cannot approve it either."
  refused stranger "forbidden" annotate fcr "$REQUEST" "processes.secamo.io/approve=security:$digest why not"

  say "6. A vote in somebody else's name is refused."
  refused approver "you are approver and vote in your own name only" \
    annotate fcr "$REQUEST" "approve.processes.secamo.io/security.1=second-approver $digest ok"

  say "7. An approver must name the plan. A vote on another plan is refused."
  refused approver "the plan is now $digest: read status.plan again, then begin your words with that" annotate fcr "$REQUEST" "processes.secamo.io/approve=security:0123456789abcdef looks fine"

  say "8. The approver reads the plan and votes on it as it is."
  plugin approver plan "$REQUEST"
  plugin approver approve "$REQUEST" --plan "$digest" --yes --reason "looks fine"
  await_counted v

  say "9. Before the second vote somebody changes the policy. The first vote was for another plan: it is void, and all are told."
  old=$digest
  shown admin patch approvalpolicy every-change --type=json -p '[{"op":"add","path":"/spec/rules/0/gates/0/within","value":"72h"}]'
  await_other_plan "$old"
  digest=$(digest_now)
  shown requester get fcr "$REQUEST" -o 'jsonpath={range .status.plan.supersedes.differences[*]}{@}{"\n"}{end}'
  shown requester get fcr

  say "10. Both gates are passed, each by another person."
  shown approver annotate fcr "$REQUEST" "processes.secamo.io/approve=security:$digest looks fine again"
  await_counted v
  shown second-approver annotate fcr "$REQUEST" "processes.secamo.io/approve=owner:$digest agreed with ACME"
  await InForce 60

  say "11. The operator looked again, added the rule and read it back: in force."
  shown requester get fcr
  firewall_now

  say "12. The time is over: the rule is seen to be gone, and the ticket resolved."
  await Expired 60
  shown requester get fcr
  firewall_now
  ticket_now

  say "13. The evidence is checked without a cluster. Whoever changes a word is found out."
  printf 'admin$ kubectl process evidence %s -o json > evidence.json\n' "$REQUEST"
  plugin_quietly admin evidence "$REQUEST" -o json > "$WORK/evidence.json"
  printf 'admin$ kubectl process verify evidence.json\n'
  (cd "$WORK" && "$REPO/bin/kubectl-process" verify evidence.json) || fail "the evidence is not genuine"
  printf 'admin$ sed -i "s/second-approver/requester/" evidence.json\n'
  printf 'admin$ kubectl process verify evidence.json\n'
  sed 's/second-approver/requester/' "$WORK/evidence.json" > "$WORK/tampered.json"
  mv "$WORK/tampered.json" "$WORK/evidence.json"
  if (cd "$WORK" && "$REPO/bin/kubectl-process" verify evidence.json 2>&1); then fail "that should have been found out"; fi

  say "Done: each expected state was seen."
}

# plugin PERSON ARGS…: kubectl process with that person's own credentials.
plugin() {
  local who=$1; shift
  typed "$who" kubectl process "$@"
  plugin_quietly "$who" "$@"
}

plugin_quietly() { patiently "kubectl process $2" plugin_as "$@"; }

plugin_as() {
  local who=$1; shift
  if [ -z "$CLUSTER" ]; then
    NO_COLOR=1 bin/kubectl-process "$@" -n "$NAMESPACE" --kubeconfig "$(controlplane kubeconfig "$who")"
    return
  fi
  case $who in
    admin) NO_COLOR=1 bin/kubectl-process "$@" -n "$NAMESPACE" --kubeconfig "$CLUSTER" ;;
    *) NO_COLOR=1 bin/kubectl-process "$@" -n "$NAMESPACE" --kubeconfig "$CLUSTER" --as "$who" --as-group "${who}s" --as-group system:authenticated ;;
  esac
}

# stay: what to type now.
stay() {
  local as_requester="" as_approver="" stop="kill $OPERATOR_PID"
  say "Everything is still running, also when you close this terminal. The requests above are in namespace $NAMESPACE: write -n $NAMESPACE behind a command to see them. To look around, type here:"
  if [ -z "$CLUSTER" ]; then
    # Unexpanded: this is to be typed.
    # shellcheck disable=SC2016
    type_this 'export PATH="$PWD/bin:$(dev/controlplane assets):$PATH"' \
      'export KUBECONFIG=$PWD/.demo/controlplane/kubeconfig-requester'
    stop+="; dev/controlplane --dir .demo/controlplane down"
  else
    # shellcheck disable=SC2016
    type_this 'export PATH="$PWD/bin:$PATH"' "export KUBECONFIG=$CLUSTER"
    as_requester=" --as requester --as-group engineers --as-group system:authenticated"
    as_approver=" --as approver --as-group approvers --as-group system:authenticated"
  fi
  type_this "sed s/acme-web-443/my-change/ examples/sandbox/request.yaml > .demo/my-change.yaml" \
    "kubectl apply -f .demo/my-change.yaml -n $NAMESPACE$as_requester" \
    "kubectl process status my-change -n $NAMESPACE$as_requester"
  say "As somebody who may vote:"
  # shellcheck disable=SC2016
  [ -n "$CLUSTER" ] || type_this 'export KUBECONFIG=$PWD/.demo/controlplane/kubeconfig-approver'
  type_this "kubectl process inbox -n $NAMESPACE$as_approver" \
    "kubectl process plan my-change -n $NAMESPACE$as_approver" \
    "kubectl process approve my-change -n $NAMESPACE --gate security$as_approver"
  say "The second gate, owner, takes another person: second-approver. There are also stranger and admin."
  [ -n "$CLUSTER" ] || say "No controller manager runs here: a namespace that you delete stays Terminating."
  say "What the operator tells its monitoring:"
  type_this "curl $(sed -n 's/.*"running, version.*metrics at \([^"]*\)".*/\1/p' "$WORK/operator.log" | tail -n 1)"
  say "To end it:"
  type_this "$stop"
}

# type_this COMMAND…: as it is to be typed, in lines that a terminal has room for.
type_this() {
  local command line word
  for command in "$@"; do
    line=" "
    for word in $command; do
      if [ $((${#line} + ${#word} + 3)) -gt 80 ]; then
        printf '%s \\\n' "$line"
        line="   "
      fi
      line+=" $word"
    done
    printf '%s\n' "$line"
  done
}
