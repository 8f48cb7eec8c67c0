-- What the sweep looks for, so that a round that finds nothing costs nothing.
create index session_end on session (ends_at);
create index guess_count_age on guess_count (window_start);
create index known_browser_expiry on known_browser (expires_at);
create index invitation_expiry on invitation (expires_at);
create index outbox_over on outbox (coalesce(sent_at, given_up_at)) where coalesce(sent_at, given_up_at) is not null;
create index pending_factor_expiry on pending_factor (expires_at);
create index pending_factor_session on pending_factor (session_id);
