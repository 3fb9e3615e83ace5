ALTER TABLE "token" ADD COLUMN "id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "token" ADD CONSTRAINT "token_id_unique" UNIQUE("id");