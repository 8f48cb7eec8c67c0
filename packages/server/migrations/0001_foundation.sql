-- Times are milliseconds since 1970 (Instant): the desk passes them, SQL never asks for the time (design.md §10.5).
-- Secrets at rest are sealed (bytea, AEAD bound to table, column, row and key id) or kept only as a hash.

create table deployment (
  id               smallint primary key default 1 check (id = 1),
  organisation     text   not null,
  public_url       text   not null,
  address_fixed_at bigint,
  key_check        bytea  not null,
  created_at       bigint not null,
  setup_token_hash bytea,
  setup_account_id uuid,
  setup_closed_at  bigint
);

create table account (
  id              uuid primary key,
  kind            text   not null check (kind in ('person', 'service', 'break-glass')),
  state           text   not null check (state in ('invited', 'active', 'disabled')),
  login           text   not null,
  display_name    text   not null,
  email           text,
  locale          text   not null default 'en',
  roles           text[] not null default '{}',
  epoch           integer not null default 0,
  -- Rises with each change of factors, so that two removals cannot each believe the other's factor stays (I-15).
  factors_version integer not null default 0,
  user_handle     bytea  not null unique,
  created_at      bigint not null,
  last_sign_in_at bigint
);

-- Every spelling under which an account is found, canonical; a name belongs to one account for ever (I-03, I-43).
create table account_name (
  name       text primary key,
  account_id uuid not null references account (id)
);
create index account_name_account on account_name (account_id);

create table factor (
  id           uuid primary key,
  account_id   uuid   not null references account (id),
  method       text   not null,
  name         text   not null,
  bound_by     text   not null,
  traits       jsonb  not null,
  created_at   bigint not null,
  last_used_at bigint,
  removed_at   bigint
);
create index factor_account on factor (account_id) where removed_at is null;
-- One password, one set of recovery codes and one pass an account; a new one replaces the old in one statement.
create unique index factor_single on factor (account_id, method)
  where removed_at is null and method in ('password', 'recovery-code', 'temporary-pass');

create table password_secret (
  factor_id  uuid primary key references factor (id),
  phc        text   not null,
  pepper_key text   not null,
  changed_at bigint not null
);

create table totp_secret (
  factor_id uuid primary key references factor (id),
  seed      bytea  not null,
  algorithm text   not null default 'sha1',
  last_step bigint
);

create table webauthn_credential (
  factor_id     uuid primary key references factor (id),
  credential_id bytea  not null unique,
  public_key    bytea  not null,
  algorithm     integer not null,
  counter       bigint not null
);

create table recovery_set (
  factor_id uuid primary key references factor (id),
  salt      jsonb not null
);
create table recovery_code (
  factor_id uuid     not null references recovery_set (factor_id),
  position  smallint not null,
  digest    bytea    not null,
  used_at   bigint,
  primary key (factor_id, position)
);

create table temporary_pass (
  factor_id  uuid primary key references factor (id),
  salt       jsonb  not null,
  digest     bytea  not null,
  issued_by  text   not null,
  expires_at bigint not null,
  used_at    bigint
);

-- One row per subject, guessable method and lane. The subject is an account id, or a keyed hash of a name nobody has.
create table guess_count (
  subject      text    not null,
  method       text    not null,
  lane         text    not null,
  consecutive  integer not null,
  window_start bigint  not null,
  in_window    integer not null,
  locked_until bigint  not null,
  suspended    boolean not null,
  version      integer not null default 1,
  primary key (subject, method, lane)
);

create table password_guess_tag (
  tag     text   not null,
  subject text   not null,
  at      bigint not null,
  primary key (tag, subject)
);
create index password_guess_tag_at on password_guess_tag (at);

create table known_browser (
  secret_hash  bytea  not null,
  account_id   uuid   not null references account (id),
  lane         text   not null,
  created_at   bigint not null,
  last_used_at bigint not null,
  expires_at   bigint not null,
  primary key (secret_hash, account_id)
);

create table signin_transaction (
  id          uuid primary key,
  secret_hash bytea   not null,
  version     integer not null default 1,
  state       jsonb   not null,
  ask         jsonb   not null,
  account_id  uuid references account (id),
  session_id  uuid,
  created_at  bigint  not null,
  expires_at  bigint  not null
);
create index signin_transaction_expiry on signin_transaction (expires_at);

-- A WebAuthn challenge, bound to what it was made for. Any answer consumes it (design.md §10.7).
create table challenge (
  hash       bytea primary key,
  purpose    text   not null,
  owner      uuid   not null,
  account_id uuid references account (id),
  expires_at bigint not null,
  used_at    bigint
);
create index challenge_expiry on challenge (expires_at);

create table session (
  id           uuid primary key,
  secret_hash  bytea   not null unique,
  account_id   uuid    not null references account (id),
  kind         text    not null check (kind in ('full', 'enrolment')),
  proofs       jsonb   not null,
  bound_by     text,
  epoch        integer not null,
  started_at   bigint  not null,
  last_seen_at bigint  not null,
  ends_at      bigint  not null,
  idle         integer not null,
  ended_at     bigint,
  agent        text    not null,
  address      text    not null
);
create index session_account on session (account_id) where ended_at is null;

create table app (
  id         uuid primary key,
  kind       text   not null check (kind in ('oidc')),
  name       text   not null,
  client_id  text   not null unique,
  metadata   jsonb  not null,
  secret     bytea,
  strength   text,
  created_at bigint not null,
  removed_at bigint
);

create table door_grant (
  id         uuid primary key,
  account_id uuid   not null references account (id),
  session_id uuid   not null references session (id),
  app_id     uuid   not null,
  door       text   not null,
  strength   text   not null,
  acr        text,
  amr        text[] not null,
  auth_time  bigint not null,
  issued_at  bigint not null,
  revoked_at bigint
);
create index door_grant_session on door_grant (session_id);
create index door_grant_account on door_grant (account_id) where revoked_at is null;

-- What the provider library stores. Ids are kept as hashes; a code or token lives only under a grant of ours.
create table oidc_artifact (
  model       text  not null,
  id_hash     bytea not null,
  grant_id    uuid references door_grant (id),
  uid_hash    bytea,
  user_code   text,
  payload     bytea not null,
  consumed_at bigint,
  expires_at  bigint,
  primary key (model, id_hash)
);
create index oidc_artifact_grant on oidc_artifact (grant_id);
create index oidc_artifact_uid on oidc_artifact (model, uid_hash) where uid_hash is not null;
create index oidc_artifact_user_code on oidc_artifact (user_code) where user_code is not null;
create index oidc_artifact_expiry on oidc_artifact (expires_at);

create table signing_key (
  kid         text primary key,
  purpose     text   not null,
  algorithm   text   not null,
  state       text   not null check (state in ('next', 'active', 'retired')),
  public_key  jsonb  not null,
  private_key bytea  not null,
  created_at  bigint not null,
  active_at   bigint,
  retired_at  bigint
);
create unique index signing_key_active on signing_key (purpose, algorithm) where state = 'active';

create table invitation (
  id         uuid primary key,
  token_hash bytea  not null unique,
  account_id uuid   not null references account (id),
  bound_by   text   not null,
  issued_by  text   not null,
  issued_at  bigint not null,
  expires_at bigint not null,
  used_at    bigint
);
create index invitation_account on invitation (account_id) where used_at is null;

-- A factor being enrolled: made in a session, confirmed in the same one, once.
create table pending_factor (
  id         uuid primary key,
  session_id uuid   not null references session (id),
  account_id uuid   not null references account (id),
  method     text   not null,
  secret     bytea,
  expires_at bigint not null,
  used_at    bigint
);

create table outbox (
  id         uuid primary key,
  account_id uuid,
  recipient  text    not null,
  template   text    not null,
  locale     text    not null,
  params     bytea   not null,
  due_at     bigint  not null,
  attempts   integer not null default 0,
  sent_at    bigint,
  given_up_at bigint
);
create index outbox_due on outbox (due_at) where sent_at is null and given_up_at is null;

-- Events commit with what they record. `written_by` lets one leader number them in commit order (design.md §10.4).
create table audit_event (
  id         uuid primary key,
  at         bigint not null,
  type       text   not null,
  class      text   not null,
  actor_kind text   not null,
  actor_id   text,
  subject    uuid,
  session_id uuid,
  app_id     text,
  outcome    text   not null,
  entry      jsonb  not null,
  salt       bytea,
  personal   jsonb,
  written_by xid8   not null default pg_current_xact_id(),
  leaf_index bigint unique,
  leaf_hash  bytea
);
create index audit_event_unnumbered on audit_event (written_by, id) where leaf_index is null;
create index audit_event_subject on audit_event (subject, at);
create index audit_event_type on audit_event (type, at);
create index audit_event_time on audit_event (at, id);

create table audit_log (
  id       smallint primary key default 1 check (id = 1),
  origin   text   not null,
  size     bigint not null default 0,
  frontier jsonb  not null default '[]'
);
create table audit_checkpoint (
  size bigint primary key,
  note text   not null,
  at   bigint not null
);

create table fido_metadata (
  id        smallint primary key default 1 check (id = 1),
  number    integer not null,
  entries   jsonb   not null,
  loaded_at bigint  not null
);

-- Raises when a one-shot write of a statement hit no row: the whole statement, and with it every effect, is undone.
create function require_one(hit bigint, label text) returns boolean language plpgsql as $$
begin
  if hit <> 1 then
    raise exception using errcode = 'CS001', message = label;
  end if;
  return true;
end $$;
