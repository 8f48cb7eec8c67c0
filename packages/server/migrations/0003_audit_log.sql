-- After a restore the log goes on under a new origin (design.md §10.4): one row a log, oldest first. Positions
-- (audit_event.leaf_index) run on through all of them; a log holds `size` positions from `first` on.
alter table audit_log drop constraint audit_log_id_check;
alter table audit_log alter column id drop default;
alter table audit_log add column first bigint not null default 0;
alter table audit_log add column opened_at bigint not null default 0;
-- The origin of a log that a witness had seen and the restored store no longer knew.
alter table audit_log add column lost text;
-- The packed hashes of core/audit/frontier.ts.
alter table audit_log drop column frontier;
alter table audit_log add column frontier bytea not null default '';

alter table audit_checkpoint drop constraint audit_checkpoint_pkey;
alter table audit_checkpoint add column log smallint not null references audit_log (id);
alter table audit_checkpoint add primary key (log, size);

-- What each entry completed in the tree, one hash after another: the leaf first, then each subtree that ends with it.
-- Apart from the event, so that a row changed or deleted there neither takes its proof along nor stops the signing.
create table audit_node (
  position bigint primary key,
  hashes   bytea  not null
);

-- Retention finds what is still there by class and age; a removed part leaves the index.
create index audit_event_personal on audit_event (class, at) where personal is not null;
-- The acts of a person on others; what they did to themselves is found by subject.
create index audit_event_actor on audit_event (actor_id, at)
  where actor_id is not null and actor_id is distinct from subject::text;
