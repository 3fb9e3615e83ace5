CREATE TYPE "public"."download_outcome" AS ENUM('running', 'finished', 'cut', 'refused');--> statement-breakpoint
CREATE TABLE "download" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "download_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"file_id" uuid,
	"name" text NOT NULL,
	"object_id" uuid,
	"size" bigint NOT NULL,
	"person_id" uuid,
	"share_id" uuid,
	"redemption_id" uuid,
	"outcome" "download_outcome" NOT NULL,
	"reason" text,
	"requests" integer DEFAULT 1 NOT NULL,
	"resumed" boolean DEFAULT false NOT NULL,
	"covered" "int8multirange" DEFAULT '{}' NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "redemption" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"share_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"address" text,
	"agent" text,
	CONSTRAINT "redemption_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "share" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"file_id" uuid,
	"note_id" bigint,
	"expires_at" timestamp with time zone NOT NULL,
	"max_uses" integer,
	"used" integer DEFAULT 0 NOT NULL,
	"password_hash" text,
	"remark" text DEFAULT '' NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "share_target" CHECK (num_nonnulls("share"."file_id", "share"."note_id") = 1),
	CONSTRAINT "share_uses" CHECK ("share"."used" >= 0 and ("share"."max_uses" is null or "share"."used" <= "share"."max_uses"))
);
--> statement-breakpoint
ALTER TABLE "download" ADD CONSTRAINT "download_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."file"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "download" ADD CONSTRAINT "download_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "download" ADD CONSTRAINT "download_share_id_share_id_fk" FOREIGN KEY ("share_id") REFERENCES "public"."share"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "download" ADD CONSTRAINT "download_redemption_id_redemption_id_fk" FOREIGN KEY ("redemption_id") REFERENCES "public"."redemption"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redemption" ADD CONSTRAINT "redemption_share_id_share_id_fk" FOREIGN KEY ("share_id") REFERENCES "public"."share"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share" ADD CONSTRAINT "share_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."file"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share" ADD CONSTRAINT "share_note_id_note_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."note"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share" ADD CONSTRAINT "share_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "download_started" ON "download" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "download_file" ON "download" USING btree ("file_id","started_at");--> statement-breakpoint
CREATE INDEX "download_person" ON "download" USING btree ("person_id","started_at");--> statement-breakpoint
CREATE INDEX "download_share" ON "download" USING btree ("share_id","started_at");--> statement-breakpoint
CREATE INDEX "redemption_share" ON "redemption" USING btree ("share_id","created_at");--> statement-breakpoint
CREATE INDEX "share_file" ON "share" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "share_note" ON "share" USING btree ("note_id");--> statement-breakpoint
CREATE INDEX "share_created" ON "share" USING btree ("created_at");