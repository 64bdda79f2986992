# shellcheck shell=bash
# The story that ./demo plays; sourced by it.

connections() {
  if [ "$REAL" = no ]; then
    person admin apply -k examples/sandbox > "$WORK/connections.log"
    return
  fi
  local rt=.systems/rt/env cloud=.systems/openstack/env
  [ -r "$rt" ] && [ -r "$cloud" ] || fail "start the real systems first: dev/systems up rt openstack"
  # shellcheck disable=SC1090
  . "$rt"
  # shellcheck disable=SC1090
  . "$cloud"
  person admin apply -k examples/real > "$WORK/connections.log"
  person admin create secret generic helpdesk-token --from-literal=token="$RT_TOKEN" --dry-run=client -o yaml | person admin apply -f - >> "$WORK/connections.log"
  person admin create secret generic cloud-account --from-literal=username="$OS_USERNAME" --from-literal=password="$OS_PASSWORD" \
    --from-literal=projectName="$OS_PROJECT_NAME" --dry-run=client -o yaml | person admin apply -f - >> "$WORK/connections.log"
  person admin patch connection helpdesk --type merge -p "{\"spec\":{\"endpoint\":\"$RT_URL\",\"requestTracker\":{\"queue\":\"$RT_QUEUE\",\"keyField\":\"$RT_KEY_FIELD\"}}}" >> "$WORK/connections.log"
  person admin patch connection cloud --type merge -p "{\"spec\":{\"endpoint\":\"$OS_AUTH_URL\"}}" >> "$WORK/connections.log"
}

firewall_now() {
  if [ "$REAL" = no ]; then
    shown admin get configmaps -l orchestrator.secamo.io/sandbox=rule -o custom-columns=RULE:.data.rule,MARKER:.data.marker
    return
  fi
  printf '$ curl %s\n' "…/v2.0/security-group-rules   (Neutron itself, asked without the operator)"
  cloud_rules
}

ticket_now() {
  if [ "$REAL" = no ]; then
    shown admin get configmaps -l orchestrator.secamo.io/sandbox=ticket -o custom-columns=TICKET:.data.number,STATUS:.data.status,SUBJECT:.data.subject
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

story() {
  local file=examples/sandbox/request.yaml digest
  [ "$REAL" = no ] || file=examples/real/request.yaml

  say "1. An engineer asks for access. Here it ends after 15 seconds, so that we see the end."
  printf 'requester$ sed "s/expiresAfter: .*/expiresAfter: 15s/" %s | kubectl apply -f -\n' "$file"
  sed 's/expiresAfter: .*/expiresAfter: 15s/' "$file" | person requester apply -f -
  await AwaitingApproval 60

  say "2. The operator has opened a ticket and made a plan. Whose turn is it?"
  shown requester get fcr
  shown requester get fcr "$REQUEST" -o 'jsonpath={.status.plan.summary}{"\n"}'
  digest=$(person requester get fcr "$REQUEST" -o 'jsonpath={.status.plan.digest}')

  say "3. Nobody approves their own request. The API server itself says so."
  refused requester "you requested this change: somebody else must approve it" \
    annotate fcr "$REQUEST" "processes.secamo.io/approve=$digest mine is fine"

  say "4. Somebody without the right cannot approve it either."
  refused stranger "forbidden" annotate fcr "$REQUEST" "processes.secamo.io/approve=$digest why not"

  say "5. An approver must name the plan. A vote on another plan is refused."
  refused approver "the plan is now $digest: read status.plan again, then vote with it" annotate fcr "$REQUEST" "processes.secamo.io/approve=0123456789abcdef looks fine"

  say "6. The approver votes on the plan as it is."
  shown approver annotate fcr "$REQUEST" "processes.secamo.io/approve=$digest looks fine"
  await InForce 60

  say "7. The operator looked again, added the rule and read it back. It is in force."
  shown requester get fcr
  firewall_now

  say "8. The time is over: the rule is removed, seen to be gone, and the ticket resolved."
  await Expired 60
  shown requester get fcr
  firewall_now
  ticket_now

  say "Done: each expected state was seen."
}

stay() {
  cat <<HELP

# Everything is still running. To look around:
#   dev/controlplane --dir .demo/controlplane kubectl --as-person requester -n $NAMESPACE get processes
#   sed s/acme-web-443/my-change/ examples/sandbox/request.yaml | dev/controlplane --dir .demo/controlplane kubectl --as-person requester -n $NAMESPACE apply -f -
#   dev/controlplane --dir .demo/controlplane kubectl --as-person approver -n $NAMESPACE annotate fcr my-change processes.secamo.io/approve='<digest> your reason'
# To end it:
#   kill $OPERATOR_PID; dev/controlplane --dir .demo/controlplane down
HELP
}
