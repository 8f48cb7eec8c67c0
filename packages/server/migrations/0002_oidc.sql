-- A code or token lives only under a grant that desk/issue-grant.ts wrote (design.md §10.2).
alter table oidc_artifact add constraint oidc_artifact_under_grant check (
  model not in ('Grant', 'AuthorizationCode', 'AccessToken', 'RefreshToken') or grant_id is not null
);

-- The apps to tell when a session ends (OpenID Connect Back-Channel Logout 1.0): written with the grant, found by
-- the job once the session has ended, however and wherever it ended.
create table logout_target (
  session_id  uuid    not null references session (id),
  app_id      uuid    not null,
  account_id  uuid    not null references account (id),
  created_at  bigint  not null,
  next_try_at bigint  not null,
  attempts    integer not null default 0,
  done_at     bigint,
  primary key (session_id, app_id)
);
create index logout_target_open on logout_target (next_try_at) where done_at is null;
