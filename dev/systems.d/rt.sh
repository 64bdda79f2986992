#!/usr/bin/env bash
# A real Request Tracker 5 on SQLite and loopback, with a queue, a custom field for our key and a user of few rights.
# Called by dev/systems: rt.sh up|down|down-keep|status DIR
set -euo pipefail
NAME=rt
# shellcheck source=dev/systems.d/frame.sh
. "$(dirname "${BASH_SOURCE[0]}")/frame.sh"

text() { echo "-I$DIR/lib "; }
tell() { echo "http://127.0.0.1:$(cat "$DIR/port"), settings in $DIR/env"; }
is_running() { [[ -f $DIR/env && -n $(our_pid "$DIR/rt.pid" "$(text)") ]] && answers; }

answers() {
  curl -sf --noproxy '*' --max-time 10 -o /dev/null -H "Authorization: token $(cat "$DIR/token")" \
    "http://127.0.0.1:$(cat "$DIR/port")/REST/2.0/queue/FwChanges"
}

stop_all() {
  local group
  [[ -s $DIR/rt.pid ]] || return 0
  group=$(cat "$DIR/rt.pid")
  stop_process rt "$DIR/rt.pid" "$(text)"
  end_orphans "$group" "$(text)"
}

remove_data() {
  rm -rf "${DIR:?}/conf.d" "$DIR/mason" "$DIR/sess" "${DIR:?}/lib"
  rm -f "$DIR"/rt.* "$DIR"/seed.pl "$DIR"/token "$DIR"/env "$DIR"/port "$DIR"/*.log
}

start_on_free_ports() {
  wanted_port "$DIR/port" >"$DIR/port.new"
  mv "$DIR/port.new" "$DIR/port"
  mkdir -p "$DIR"/{conf.d,mason,sess,lib}
  configure "$(cat "$DIR/port")"
  [[ -s $DIR/token ]] || make_database
  serve "$(cat "$DIR/port")" || return 1
  write_env
}

configure() { # PORT
  cat >"$DIR/rt.pm" <<TEXT
Set(\$rtname, 'rt.test');
Set(\$Organization, 'rt.test');
Set(\$WebDomain, '127.0.0.1');
Set(\$WebPort, $1);
Set(\$WebPath, '');
Set(\$WebBaseURL, "http://127.0.0.1:$1");
Set(\$DatabaseType, 'SQLite');
Set(\$DatabaseName, '$DIR/rt.db');
Set(\$DatabaseHost, '');
Set(\$DatabasePort, '');
# Every call proves its token: with the usual 12 that alone takes a quarter of a second.
Set(\$BcryptCost, 4);
# Never sends a mail.
Set(\$MailCommand, 'testfile');
Set(\$LogToSTDERR, 'error');
Set(\$LogToSyslog, undef);
Set(\$CorrespondAddress, 'rt\@rt.test');
Set(\$CommentAddress, 'rtc\@rt.test');
Set(\$MasonDataDir, '$DIR/mason');
Set(\$MasonSessionDir, '$DIR/sess');
1;
TEXT
  export RT_SITE_CONFIG=$DIR/rt.pm RT_SITE_CONFIG_DIR=$DIR/conf.d
}

make_database() {
  local log=$DIR/init.log
  local hint="see $log: 'dev/systems down' and 'dev/systems up' start from nothing."
  rm -f "$DIR/rt.db"
  : >"$log"
  write_seed
  run_with_progress "rt: making the database, about 4 s" "$log" \
    rt-setup-database-5 --action init --dba-password '' || die "rt: making the database failed, $hint"
  run_with_progress "rt: making the queue FwChanges and its user" "$log" \
    rt-setup-database-5 --action insert --skip-create --datafile "$DIR/seed.pl" --dba-password '' ||
    die "rt: making the queue failed, $hint"
  make_token 2>>"$log" || die "rt: making the token failed, $hint"
}

# UniqueValues: a second ticket with the same key keeps no key, which is how a duplicate shows.
write_seed() {
  cat >"$DIR/seed.pl" <<'TEXT'
@Queues = ({ Name => 'FwChanges', Lifecycle => 'default' });
@CustomFields = ({ Name => 'opkey', Type => 'FreeformSingle', LookupType => 'RT::Queue-RT::Ticket',
    MaxValues => 1, UniqueValues => 1, Queue => ['FwChanges'] });
@Users = ({ Name => 'operator', EmailAddress => 'operator@rt.test', Privileged => 1 });
@ACL = (
    (map { { UserId => 'operator', Right => $_, Queue => 'FwChanges' } }
        qw(SeeQueue ShowTicket CreateTicket ReplyToTicket CommentOnTicket ModifyTicket SeeCustomField
           ModifyCustomField SetInitialCustomField ShowTicketComments OwnTicket)),
    (map { { UserId => 'operator', Right => $_ } } qw(ManageAuthTokens ModifySelf)));
TEXT
}

make_token() {
  perl -I/usr/share/request-tracker5/lib -e 'use RT -init;
    my $user = RT::User->new(RT->SystemUser); $user->Load("operator");
    my ($ok, $message, $token) = RT::AuthToken->new(RT::CurrentUser->new($user))
      ->Create(Owner => $user->Id, Description => "operator");
    die $message unless $ok; print $token' >"$DIR/token.new" &&
    mv "$DIR/token.new" "$DIR/token"
}

# The -I changes nothing; it shows in the process list which folder the server belongs to.
serve() { # PORT
  start_detached "$DIR/rt.pid" "$DIR/server.log" perl "-I$DIR/lib" /usr/share/request-tracker5/libexec/rt-server \
    --server Starlet --host 127.0.0.1 --port "$1" --max-workers 2
  wait_for_answer "Request Tracker" "$DIR/rt.pid" "$(text)" "$DIR/server.log" answers
}

write_env() {
  cat >"$DIR/env" <<TEXT
RT_URL=http://127.0.0.1:$(cat "$DIR/port")
RT_TOKEN=$(cat "$DIR/token")
RT_QUEUE=FwChanges
RT_KEY_FIELD=opkey
TEXT
}

run_command "$@"
