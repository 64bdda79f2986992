#!/usr/bin/env bash
# Real OpenStack Keystone and Neutron APIs on SQLite and loopback: no agents, no message queue, no packets.
# Called by dev/systems: openstack.sh up|down|down-keep|status DIR
set -euo pipefail
NAME=openstack
# shellcheck source=dev/systems.d/frame.sh
. "$(dirname "${BASH_SOURCE[0]}")/frame.sh"
# The system's Python, not one from a virtual environment: only that one has the OpenStack modules.
PYTHON=/usr/bin/python3

text() { echo "--chdir=$DIR/$1 "; }
port() { cat "$DIR/$1.port"; }
tell() { echo "Keystone http://127.0.0.1:$(port keystone)/v3, Neutron http://127.0.0.1:$(port neutron), settings in $DIR/env"; }

is_running() {
  [[ -f $DIR/env && -n $(our_pid "$DIR/keystone.pid" "$(text keystone)") &&
    -n $(our_pid "$DIR/neutron.pid" "$(text neutron)") ]] && client check >/dev/null 2>&1
}

stop_all() {
  stop_process neutron "$DIR/neutron.pid" "$(text neutron)"
  stop_process keystone "$DIR/keystone.pid" "$(text keystone)"
}

remove_data() {
  rm -rf "${DIR:?}/keystone" "$DIR/neutron" "$DIR/fernet" "$DIR/receipts" "$DIR/credential" "$DIR/lock"
  rm -f "$DIR"/*.conf "$DIR"/*.ini "$DIR"/*.db "$DIR"/*.db-* "$DIR"/*.log "$DIR"/*.port "$DIR"/*.pid "$DIR"/passwords "$DIR"/made "$DIR"/env
}

start_on_free_ports() {
  local name
  # The catalogue in the database holds the ports: other ports mean another database.
  for name in keystone neutron; do
    if [[ -f $DIR/made && $(wanted_port "$DIR/$name.port") != "$(port "$name")" ]]; then
      note "openstack: port $(port "$name") now belongs to another process: starting with an empty database"
      rm -f "$DIR/made"
    fi
  done
  [[ -f $DIR/made ]] || choose
  if ! serve_both; then
    rm -f "$DIR/made"
    return 1
  fi
}

choose() {
  remove_data
  mkdir -p "$DIR"/{keystone,neutron,fernet,receipts,credential,lock}
  free_port >"$DIR/keystone.port"
  free_port >"$DIR/neutron.port"
  printf 'ADMIN=%s\nNEUTRON=%s\nORCHESTRATOR=%s\n' "$(random_hex 12)" "$(random_hex 12)" "$(random_hex 12)" >"$DIR/passwords"
  configure
  run_with_progress "openstack: making the databases, about 20 s" "$DIR/setup.log" make_databases ||
    die "openstack: making the databases failed, see $DIR/setup.log: 'dev/systems down' and 'dev/systems up' start from nothing."
}

password() { sed -n "s/^$1=//p" "$DIR/passwords"; }

configure() {
  cat >"$DIR/keystone.conf" <<TEXT
[DEFAULT]
log_file = $DIR/keystone.log
[database]
connection = sqlite:///$DIR/keystone.db?timeout=20
[fernet_tokens]
key_repository = $DIR/fernet
[fernet_receipts]
key_repository = $DIR/receipts
[credential]
key_repository = $DIR/credential
[identity]
# The least: every sign-in proves a password, and this server is for tests.
password_hash_rounds = 4
[token]
provider = fernet
[cache]
enabled = false
TEXT
  cat >"$DIR/neutron.conf" <<TEXT
[DEFAULT]
auth_strategy = keystone
core_plugin = ml2
service_plugins =
transport_url = fake://
notify_nova_on_port_status_changes = False
notify_nova_on_port_data_changes = False
api_paste_config = $DIR/api-paste.ini
state_path = $DIR
log_file = $DIR/neutron.log
[database]
connection = sqlite:///$DIR/neutron.db?timeout=20
[oslo_concurrency]
lock_path = $DIR/lock
[oslo_messaging_notifications]
driver = noop
[oslo_policy]
policy_file = $DIR/none.yaml
[quotas]
quota_security_group_rule = 400
quota_security_group = 50
[keystone_authtoken]
auth_type = password
auth_url = http://127.0.0.1:$(port keystone)/v3
www_authenticate_uri = http://127.0.0.1:$(port keystone)/v3
username = neutron
password = $(password NEUTRON)
project_name = service
user_domain_id = default
project_domain_id = default
TEXT
  cat >"$DIR/ml2.ini" <<TEXT
[ml2]
type_drivers = local
tenant_network_types = local
mechanism_drivers =
[securitygroup]
firewall_driver = noop
TEXT
  local paste
  for paste in /etc/neutron/api-paste.ini /usr/share/neutron-common/api-paste.ini; do
    [[ ! -r $paste ]] || { cp "$paste" "$DIR/api-paste.ini"; return; }
  done
  die "openstack: Neutron's api-paste.ini is missing: 'apt-get install --reinstall neutron-common' brings it back."
}

# Each of these programs spends seconds on its start: the two servers' databases side by side.
# With && throughout: the caller asks for the outcome, and then bash ignores set -e in here.
make_databases() {
  local neutron rc=0
  make_neutron_database &
  neutron=$!
  make_keystone_database || rc=1
  wait "$neutron" && return "$rc"
}

make_keystone_database() {
  local url user group manage
  url=http://127.0.0.1:$(port keystone)/v3/
  user=$(id -un)
  group=$(id -gn)
  manage=(/usr/bin/keystone-manage --config-file "$DIR/keystone.conf")
  "${manage[@]}" db_sync &&
    "${manage[@]}" fernet_setup --keystone-user "$user" --keystone-group "$group" &&
    "${manage[@]}" credential_setup --keystone-user "$user" --keystone-group "$group" &&
    OS_BOOTSTRAP_PASSWORD=$(password ADMIN) "${manage[@]}" bootstrap --bootstrap-admin-url "$url" \
      --bootstrap-internal-url "$url" --bootstrap-public-url "$url" --bootstrap-region-id RegionOne &&
    write_ahead keystone
}

# Neutron's own migrations use statements that SQLite does not know; its unit tests make the tables like this.
make_neutron_database() {
  "$PYTHON" - "$DIR/neutron.db" <<'TEXT' || return 1
import sys, sqlalchemy
from neutron.db.migration.models import head
head.get_metadata().create_all(sqlalchemy.create_engine('sqlite:///' + sys.argv[1]))
TEXT
  neutron-db-manage --config-file "$DIR/neutron.conf" --config-file "$DIR/ml2.ini" stamp heads &&
    write_ahead neutron
}

write_ahead() { # NAME: readers do not lock out the writer
  "$PYTHON" -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("PRAGMA journal_mode=wal")' "$DIR/$1.db"
}

serve_both() {
  export OS_KEYSTONE_CONFIG_FILES=$DIR/keystone.conf
  # Both load at the same time; Neutron asks Keystone only when it is asked itself.
  serve keystone /usr/bin/keystone-wsgi-public
  serve neutron /usr/bin/neutron-api --pyargv "--config-file $DIR/neutron.conf --config-file $DIR/ml2.ini"
  wait_for_answer Keystone "$DIR/keystone.pid" "$(text keystone)" "$DIR/keystone-uwsgi.log" \
    curl -sf --noproxy '*' --max-time 10 "http://127.0.0.1:$(port keystone)/v3" || return 1
  if [[ ! -f $DIR/made ]]; then
    client identities >>"$DIR/setup.log" 2>&1 ||
      die "openstack: making the project and users failed, see $DIR/setup.log: 'dev/systems down' and 'dev/systems up' start from nothing."
  fi
  wait_for_answer Neutron "$DIR/neutron.pid" "$(text neutron)" "$DIR/neutron-uwsgi.log" client check || return 1
  if [[ ! -f $DIR/made ]]; then
    client group >>"$DIR/setup.log" 2>&1 ||
      die "openstack: making the security group failed, see $DIR/setup.log: 'dev/systems down' and 'dev/systems up' start from nothing."
  fi
  write_env
  : >"$DIR/made"
}

# One process and one thread: SQLite takes one writer, more give "database is locked".
serve() { # NAME PROGRAM [OPTION...]
  local name=$1 program=$2
  shift 2
  start_detached "$DIR/$name.pid" "$DIR/$name-uwsgi.log" uwsgi --http-socket "127.0.0.1:$(port "$name")" \
    "--chdir=$DIR/$name" --plugin python3 --wsgi-file "$program" --processes 1 --threads 1 --enable-threads \
    --lazy-apps --buffer-size 65535 --die-on-term --rem-header Content-Length "$@"
}

write_env() {
  cat >"$DIR/env" <<TEXT
OS_AUTH_URL=http://127.0.0.1:$(port keystone)/v3
OS_USERNAME=orchestrator
OS_PASSWORD=$(password ORCHESTRATOR)
OS_PROJECT_NAME=demo
OS_USER_DOMAIN_ID=default
OS_PROJECT_DOMAIN_ID=default
OS_SECURITY_GROUP=web
TEXT
}

# identities: projects, users and the network endpoint, as admin; group: the security group; check: does it answer.
client() { # identities|group|check
  "$PYTHON" - "$1" "$(port keystone)" "$(port neutron)" "$DIR/passwords" <<'TEXT'
import json, sys, urllib.request
what, keystone, neutron = sys.argv[1], 'http://127.0.0.1:%s/v3/' % sys.argv[2], 'http://127.0.0.1:%s' % sys.argv[3]
passwords = dict(line.strip().split('=') for line in open(sys.argv[4]))
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

def call(method, url, body=None, token=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {'Content-Type': 'application/json', **({'X-Auth-Token': token} if token else {})}
    with opener.open(urllib.request.Request(url, data, headers, method=method), timeout=30) as answer:
        text = answer.read()
        return (json.loads(text) if text else None), answer.headers.get('X-Subject-Token')

def login(user, password, project):
    domain = {'id': 'default'}
    return call('POST', keystone + 'auth/tokens', {'auth': {
        'identity': {'methods': ['password'],
                     'password': {'user': {'name': user, 'password': password, 'domain': domain}}},
        'scope': {'project': {'name': project, 'domain': domain}}}})[1]

def identities():
    token = login('admin', passwords['ADMIN'], 'admin')
    make = lambda kind, **fields: call('POST', keystone + kind + 's', {kind: fields}, token)[0][kind]['id']
    roles = {r['name']: r['id'] for r in call('GET', keystone + 'roles', token=token)[0]['roles']}
    for project, user, password, role in (('service', 'neutron', 'NEUTRON', 'admin'),
                                          ('demo', 'orchestrator', 'ORCHESTRATOR', 'member')):
        project = make('project', name=project, domain_id='default')
        user = make('user', name=user, password=passwords[password], domain_id='default')
        call('PUT', keystone + 'projects/%s/users/%s/roles/%s' % (project, user, roles[role]), token=token)
    service = make('service', name='neutron', type='network')
    make('endpoint', interface='public', region_id='RegionOne', service_id=service, url=neutron)

groups = neutron + '/v2.0/security-groups'
if what == 'identities':
    identities()
else:
    token = login('orchestrator', passwords['ORCHESTRATOR'], 'demo')
    found = [g['name'] for g in call('GET', groups, token=token)[0]['security_groups']]
    if what == 'group' and 'web' not in found:
        call('POST', groups, {'security_group': {'name': 'web', 'description': 'web servers'}}, token)
TEXT
}

run_command "$@"
