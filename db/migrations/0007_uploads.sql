CREATE TYPE "public"."upload_state" AS ENUM('open', 'done', 'refused');--> statement-breakpoint
CREATE TABLE "file_version" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "file_version_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"file_id" uuid NOT NULL,
	"object_id" uuid NOT NULL,
	"media_type" text NOT NULL,
	"size" bigint NOT NULL,
	"width" integer,
	"height" integer,
	"uploaded" boolean NOT NULL,
	"uploaded_by" uuid,
	"published_at" timestamp with time zone NOT NULL,
	"replaced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"replaced_by" uuid
);
--> statement-breakpoint
CREATE TABLE "upload" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"vault_id" integer NOT NULL,
	"batch" uuid NOT NULL,
	"path" text NOT NULL,
	"replaces_id" uuid,
	"replace" boolean NOT NULL,
	"size" bigint,
	"most" bigint NOT NULL,
	"received" bigint DEFAULT 0 NOT NULL,
	"object_id" uuid NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"kek_id" text,
	"wrapped_dek" "bytea",
	"alg" text,
	"state" "upload_state" DEFAULT 'open' NOT NULL,
	"reason" text,
	"file_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"touched_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "upload_encrypted" CHECK (("upload"."version" > 0) = ("upload"."kek_id" is not null and "upload"."wrapped_dek" is not null and "upload"."alg" is not null))
);
--> statement-breakpoint
DROP VIEW "public"."public_file";--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "folder_size" bigint;--> statement-breakpoint
UPDATE "file" SET "folder_size" = "size";--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "uploaded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "uploaded_by" uuid;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "removed_by" uuid;--> statement-breakpoint
ALTER TABLE "file_version" ADD CONSTRAINT "file_version_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."file"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_version" ADD CONSTRAINT "file_version_object_id_object_id_fk" FOREIGN KEY ("object_id") REFERENCES "public"."object"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_version" ADD CONSTRAINT "file_version_uploaded_by_person_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."person"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_version" ADD CONSTRAINT "file_version_replaced_by_person_id_fk" FOREIGN KEY ("replaced_by") REFERENCES "public"."person"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_vault_id_vault_id_fk" FOREIGN KEY ("vault_id") REFERENCES "public"."vault"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_replaces_id_file_id_fk" FOREIGN KEY ("replaces_id") REFERENCES "public"."file"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."file"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "file_version_file" ON "file_version" USING btree ("file_id","id");--> statement-breakpoint
CREATE INDEX "file_version_object" ON "file_version" USING btree ("object_id");--> statement-breakpoint
CREATE INDEX "upload_person" ON "upload" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "upload_batch" ON "upload" USING btree ("batch");--> statement-breakpoint
CREATE INDEX "upload_open" ON "upload" USING btree ("touched_at") WHERE "upload"."state" = 'open';--> statement-breakpoint
ALTER TABLE "file" ADD CONSTRAINT "file_uploaded_by_person_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."person"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file" ADD CONSTRAINT "file_removed_by_person_id_fk" FOREIGN KEY ("removed_by") REFERENCES "public"."person"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "file_removed" ON "file" USING btree ("removed_at") WHERE "file"."removed_at" is not null;--> statement-breakpoint
CREATE VIEW "public"."public_file" AS (select "id", "vault_id", "object_id", "path", "path_key", "name_key", "name", "media_type", "size", "width", "height", "modified", "folder_size", "uploaded", "uploaded_by", "removed_at", "removed_by", "published_at" from "file" where "file"."object_id" is not null and "file"."removed_at" is null and exists (select 1 from "link" join "note" on "note"."id" = "link"."note_id" where "link"."to_file" = "file"."id" and "note"."access" = 'public'));