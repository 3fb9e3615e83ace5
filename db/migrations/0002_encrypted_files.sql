CREATE TABLE "variant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"object_id" uuid NOT NULL,
	"width" integer NOT NULL,
	"format" text NOT NULL,
	"size" bigint NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"kek_id" text,
	"wrapped_dek" "bytea",
	"alg" text,
	"damaged_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "variant_form" UNIQUE("object_id","width","format"),
	CONSTRAINT "variant_format" CHECK ("variant"."format" in ('webp', 'avif')),
	CONSTRAINT "variant_encrypted" CHECK ("variant"."version" > 0 and "variant"."kek_id" is not null and "variant"."wrapped_dek" is not null and "variant"."alg" is not null)
);
--> statement-breakpoint
CREATE TABLE "wrapping_key" (
	"id" text PRIMARY KEY NOT NULL,
	"check_value" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "job_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"key" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"run_at" timestamp with time zone DEFAULT now() NOT NULL,
	"leased_until" timestamp with time zone,
	"last_error" text,
	"failed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "job_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "object" ADD COLUMN "version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "object" ADD COLUMN "kek_id" text;--> statement-breakpoint
ALTER TABLE "object" ADD COLUMN "wrapped_dek" "bytea";--> statement-breakpoint
ALTER TABLE "object" ADD COLUMN "alg" text;--> statement-breakpoint
ALTER TABLE "object" ADD COLUMN "damaged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "object" ADD COLUMN "released_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "variant" ADD CONSTRAINT "variant_object_id_object_id_fk" FOREIGN KEY ("object_id") REFERENCES "public"."object"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "variant_kek" ON "variant" USING btree ("kek_id");--> statement-breakpoint
CREATE INDEX "job_due" ON "job" USING btree ("run_at") WHERE "job"."failed_at" is null;--> statement-breakpoint
CREATE INDEX "object_kek" ON "object" USING btree ("kek_id");--> statement-breakpoint
ALTER TABLE "object" ADD CONSTRAINT "object_encrypted" CHECK (("object"."version" > 0) = ("object"."kek_id" is not null and "object"."wrapped_dek" is not null and "object"."alg" is not null));