CREATE TABLE "hearth_call" (
  "id" varchar(64) not null,
  "carried_out_at" integer not null,
  "answer" text,
  constraint "hearth_call_key" primary key ("id")
);

CREATE INDEX "hearth_call_by_time" on "hearth_call" (carried_out_at);

CREATE TABLE "hearth_credential" (
  "id" varchar(64) not null,
  "document" text not null,
  constraint "hearth_credential_key" primary key ("id")
);

CREATE TABLE "hearth_deployment" (
  "stack_id" varchar(64) not null,
  "pending" integer not null,
  "engine_id" varchar(64),
  "fence" integer not null,
  "request" integer not null,
  "asked_at" integer not null,
  "writes" integer not null,
  "origin" text,
  constraint "hearth_deployment_key" primary key ("stack_id")
);

CREATE INDEX "hearth_deployment_pending" on "hearth_deployment" (pending, engine_id);

CREATE TABLE "hearth_engine" (
  "id" varchar(64) not null,
  "host" text not null,
  "started_at" integer not null,
  "seen_at" integer not null,
  constraint "hearth_engine_key" primary key ("id")
);

CREATE TABLE "hearth_event" (
  "id" varchar(64) not null,
  "stack_id" varchar(64) not null,
  "root_id" varchar(64) not null,
  "resource_name" text not null,
  "resource_type" text not null,
  "physical_id" text not null,
  "action" text not null,
  "status" text not null,
  "status_reason" text not null,
  "sequence" integer not null,
  "created_at" integer not null,
  "properties" text,
  constraint "hearth_event_key" primary key ("id")
);

CREATE INDEX "hearth_event_of_stack" on "hearth_event" (stack_id, created_at, sequence);

CREATE TABLE "hearth_files" (
  "id" varchar(64) not null,
  "content" text not null,
  "used_at" integer not null,
  constraint "hearth_files_key" primary key ("id")
);

CREATE INDEX "hearth_files_by_use" on "hearth_files" (used_at);

CREATE TABLE "hearth_resource" (
  "id" varchar(64) not null,
  "stack_id" varchar(64) not null,
  "name" text not null,
  "type" text not null,
  "physical_id" varchar(512),
  "action" varchar(64) not null,
  "status" varchar(64) not null,
  "status_reason" text not null,
  "template_id" varchar(64) not null,
  "replaces" varchar(64),
  "replaced_by" varchar(64),
  "created_at" integer not null,
  "updated_at" integer not null,
  "document" text not null,
  "sealed" text,
  constraint "hearth_resource_key" primary key ("id")
);

CREATE INDEX "hearth_resource_by_physical_id" on "hearth_resource" (physical_id);

CREATE INDEX "hearth_resource_of_stack" on "hearth_resource" (stack_id);

CREATE TABLE "hearth_schema" (
  "version" integer not null,
  "name" varchar(512) not null,
  "applied_at" integer not null,
  constraint "hearth_schema_key" primary key ("version")
);

CREATE TABLE "hearth_setting" (
  "name" varchar(64) not null,
  "value" text not null,
  constraint "hearth_setting_key" primary key ("name")
);

CREATE TABLE "hearth_signal" (
  "resource_id" varchar(64) not null,
  "id" varchar(512) not null,
  "stack_id" varchar(64) not null,
  "content" text not null,
  "created_at" integer not null,
  constraint "hearth_signal_key" primary key ("resource_id", "id")
);

CREATE INDEX "hearth_signal_of_stack" on "hearth_signal" (stack_id);

CREATE TABLE "hearth_snapshot" (
  "id" varchar(64) not null,
  "stack_id" varchar(64) not null,
  "name" text,
  "action" varchar(64) not null,
  "status" varchar(64) not null,
  "status_reason" text not null,
  "created_at" integer not null,
  "document" text,
  constraint "hearth_snapshot_key" primary key ("id")
);

CREATE INDEX "hearth_snapshot_of_stack" on "hearth_snapshot" (stack_id, created_at);

CREATE TABLE "hearth_software_config" (
  "id" varchar(64) not null,
  "project_id" varchar(64) not null,
  "name" text,
  "tool" text,
  "created_at" integer not null,
  "deployments" integer not null,
  "document" text not null,
  constraint "hearth_software_config_key" primary key ("id")
);

CREATE INDEX "hearth_software_config_by_time" on "hearth_software_config" (created_at, id);

CREATE INDEX "hearth_software_config_of_project" on "hearth_software_config" (project_id, created_at, id);

CREATE TABLE "hearth_software_deployment" (
  "id" varchar(64) not null,
  "project_id" varchar(64) not null,
  "stack_user_project_id" varchar(64),
  "config_id" varchar(64) not null,
  "server_id" varchar(64) not null,
  "action" text,
  "status" text,
  "status_reason" text,
  "created_at" integer not null,
  "updated_at" integer,
  "input_values" text not null,
  "output_values" text,
  constraint "hearth_software_deployment_key" primary key ("id")
);

CREATE INDEX "hearth_software_deployment_by_time" on "hearth_software_deployment" (created_at, id);

CREATE INDEX "hearth_software_deployment_of_project" on "hearth_software_deployment" (project_id, created_at);

CREATE INDEX "hearth_software_deployment_of_server" on "hearth_software_deployment" (server_id);

CREATE INDEX "hearth_software_deployment_of_users" on "hearth_software_deployment" (stack_user_project_id, created_at);

CREATE TABLE "hearth_stack" (
  "id" varchar(64) not null,
  "name" varchar(512) not null,
  "live_name" varchar(512),
  "project_id" varchar(64) not null,
  "parent_id" varchar(64),
  "parent_resource_id" varchar(64),
  "parent_resource_name" text,
  "root_id" varchar(64) not null,
  "depth" integer not null,
  "action" varchar(64) not null,
  "status" varchar(64) not null,
  "status_reason" text not null,
  "template_id" varchar(64) not null,
  "previous_template_id" varchar(64),
  "disable_rollback" integer not null,
  "timeout_mins" integer,
  "tags" text not null,
  "user_id" text not null,
  "user_name" text not null,
  "credential_id" varchar(64),
  "created_at" integer not null,
  "updated_at" integer,
  "deleted_at" integer,
  "keeps_objects" integer,
  "converge" integer,
  constraint "hearth_stack_key" primary key ("id")
);

CREATE UNIQUE INDEX "hearth_stack_live_name" on "hearth_stack" (project_id, live_name);

CREATE INDEX "hearth_stack_of_parent" on "hearth_stack" (parent_id, deleted_at, created_at);

CREATE INDEX "hearth_stack_of_project" on "hearth_stack" (project_id, parent_id, deleted_at, created_at);

CREATE INDEX "hearth_stack_of_root" on "hearth_stack" (root_id, deleted_at);

CREATE TABLE "hearth_stack_project" (
  "root_id" varchar(64) not null,
  "project_id" varchar(64),
  constraint "hearth_stack_project_key" primary key ("root_id")
);

CREATE INDEX "hearth_stack_project_by_id" on "hearth_stack_project" (project_id);

CREATE TABLE "hearth_stack_tag" (
  "stack_id" varchar(64) not null,
  "tag" varchar(512) not null,
  constraint "hearth_stack_tag_key" primary key ("stack_id", "tag")
);

CREATE INDEX "hearth_stack_tag_stacks" on "hearth_stack_tag" (tag, stack_id);

CREATE TABLE "hearth_template" (
  "id" varchar(64) not null,
  "stack_id" varchar(64) not null,
  "template" text not null,
  "environment" text not null,
  "files_id" varchar(64),
  "facade" text,
  constraint "hearth_template_key" primary key ("id")
);

CREATE INDEX "hearth_template_of_files" on "hearth_template" (files_id);

CREATE INDEX "hearth_template_of_stack" on "hearth_template" (stack_id);
