CREATE TYPE "public"."access_level" AS ENUM('public', 'members', 'group', 'private');--> statement-breakpoint
CREATE TYPE "public"."link_kind" AS ENUM('link', 'embed', 'property');--> statement-breakpoint
CREATE TABLE "cache_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cache_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tags" text[] NOT NULL,
	"paths" text[] NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "file" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vault_id" integer NOT NULL,
	"object_id" uuid,
	"path" text NOT NULL,
	"path_key" text NOT NULL,
	"name_key" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" bigint NOT NULL,
	"width" integer,
	"height" integer,
	"modified" bigint NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "file_path" UNIQUE("vault_id","path")
);
--> statement-breakpoint
CREATE TABLE "link" (
	"note_id" bigint NOT NULL,
	"slot" integer NOT NULL,
	"vault_id" integer NOT NULL,
	"kind" "link_kind" NOT NULL,
	"target" text NOT NULL,
	"target_key" text NOT NULL,
	"line" integer NOT NULL,
	"to_note" bigint,
	"to_file" uuid,
	"candidates" jsonb,
	"suggestion" text,
	CONSTRAINT "link_note_id_slot_pk" PRIMARY KEY("note_id","slot")
);
--> statement-breakpoint
CREATE TABLE "note" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "note_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"vault_id" integer NOT NULL,
	"path" text NOT NULL,
	"path_key" text NOT NULL,
	"name_key" text NOT NULL,
	"folder" text NOT NULL,
	"address" text NOT NULL,
	"address_key" text NOT NULL,
	"sort_key" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"language" text,
	"image" text,
	"access" "access_level" NOT NULL,
	"access_group" text,
	"own_id" text,
	"properties" jsonb NOT NULL,
	"alias_keys" text[] DEFAULT '{}' NOT NULL,
	"translations" text[] DEFAULT '{}' NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_on" text,
	"updated_on" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"hash" text NOT NULL,
	"size" integer NOT NULL,
	"modified" bigint NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "note_path" UNIQUE("vault_id","path"),
	CONSTRAINT "note_address" UNIQUE("vault_id","address"),
	CONSTRAINT "note_group" CHECK (("note"."access" = 'group') = ("note"."access_group" is not null))
);
--> statement-breakpoint
CREATE TABLE "note_tag" (
	"note_id" bigint NOT NULL,
	"vault_id" integer NOT NULL,
	"key" text NOT NULL,
	"label" text NOT NULL,
	CONSTRAINT "note_tag_note_id_key_pk" PRIMARY KEY("note_id","key")
);
--> statement-breakpoint
CREATE TABLE "object" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vault_id" integer NOT NULL,
	"sha256" text NOT NULL,
	"size" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "object_content" UNIQUE("vault_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "redirect" (
	"vault_id" integer NOT NULL,
	"address_key" text NOT NULL,
	"note_id" bigint NOT NULL,
	CONSTRAINT "redirect_vault_id_address_key_pk" PRIMARY KEY("vault_id","address_key")
);
--> statement-breakpoint
CREATE TABLE "rendition" (
	"note_id" bigint PRIMARY KEY NOT NULL,
	"compiler" smallint NOT NULL,
	"html" text NOT NULL,
	"slots" jsonb NOT NULL,
	"outline" jsonb NOT NULL,
	"blocks" jsonb NOT NULL,
	"text" text NOT NULL,
	"unsupported" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revision" (
	"note_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"source" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "revision_note_id_number_pk" PRIMARY KEY("note_id","number")
);
--> statement-breakpoint
CREATE TABLE "site_instance" (
	"id" uuid PRIMARY KEY NOT NULL,
	"last_event" bigint NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vault" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "vault_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"language" text NOT NULL,
	"access" "access_level" NOT NULL,
	"access_group" text,
	"home_path" text,
	"folder" text NOT NULL,
	"translations" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"settings_source" "bytea",
	"strict_line_breaks" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vault_slug_unique" UNIQUE("slug"),
	CONSTRAINT "vault_slug_form" CHECK ("vault"."slug" ~ '^[a-z0-9][a-z0-9-]{0,62}$')
);
--> statement-breakpoint
ALTER TABLE "file" ADD CONSTRAINT "file_vault_id_vault_id_fk" FOREIGN KEY ("vault_id") REFERENCES "public"."vault"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file" ADD CONSTRAINT "file_object_id_object_id_fk" FOREIGN KEY ("object_id") REFERENCES "public"."object"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_to_note_note_id_fk" FOREIGN KEY ("to_note") REFERENCES "public"."note"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_to_file_file_id_fk" FOREIGN KEY ("to_file") REFERENCES "public"."file"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_note_id_note_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."note"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note" ADD CONSTRAINT "note_vault_id_vault_id_fk" FOREIGN KEY ("vault_id") REFERENCES "public"."vault"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_tag" ADD CONSTRAINT "note_tag_note_id_note_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."note"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "object" ADD CONSTRAINT "object_vault_id_vault_id_fk" FOREIGN KEY ("vault_id") REFERENCES "public"."vault"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redirect" ADD CONSTRAINT "redirect_vault_id_vault_id_fk" FOREIGN KEY ("vault_id") REFERENCES "public"."vault"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redirect" ADD CONSTRAINT "redirect_note_id_note_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."note"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rendition" ADD CONSTRAINT "rendition_note_id_note_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."note"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revision" ADD CONSTRAINT "revision_note_id_note_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."note"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "file_name" ON "file" USING btree ("vault_id","name_key");--> statement-breakpoint
CREATE INDEX "file_object" ON "file" USING btree ("object_id");--> statement-breakpoint
CREATE INDEX "link_target" ON "link" USING btree ("vault_id","target_key");--> statement-breakpoint
CREATE INDEX "link_to_note" ON "link" USING btree ("to_note");--> statement-breakpoint
CREATE INDEX "link_to_file" ON "link" USING btree ("to_file");--> statement-breakpoint
CREATE INDEX "note_address_key" ON "note" USING btree ("vault_id","address_key");--> statement-breakpoint
CREATE INDEX "note_name" ON "note" USING btree ("vault_id","name_key");--> statement-breakpoint
CREATE INDEX "note_folder" ON "note" USING btree ("vault_id","folder");--> statement-breakpoint
CREATE INDEX "note_order" ON "note" USING btree ("vault_id","sort_key");--> statement-breakpoint
CREATE INDEX "note_aliases" ON "note" USING gin ("alias_keys");--> statement-breakpoint
CREATE INDEX "note_tag_key" ON "note_tag" USING btree ("vault_id","key" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "redirect_note" ON "redirect" USING btree ("note_id");--> statement-breakpoint
CREATE VIEW "public"."public_file" AS (select "id", "vault_id", "object_id", "path", "path_key", "name_key", "name", "media_type", "size", "width", "height", "modified", "published_at" from "file" where "file"."object_id" is not null and exists (select 1 from "link" join "note" on "note"."id" = "link"."note_id" where "link"."to_file" = "file"."id" and "note"."access" = 'public'));--> statement-breakpoint
CREATE VIEW "public"."public_note" AS (select "id", "vault_id", "path", "path_key", "name_key", "folder", "address", "address_key", "sort_key", "title", "description", "language", "image", "access", "access_group", "own_id", "properties", "alias_keys", "translations", "problems", "created_on", "updated_on", "revision", "hash", "size", "modified", "published_at" from "note" where "note"."access" = 'public');