DROP INDEX "comment_note";--> statement-breakpoint
CREATE INDEX "note_published" ON "note" USING btree ("published_at");--> statement-breakpoint
CREATE INDEX "comment_thread" ON "comment" USING btree ("note_id",coalesce("parent_id", "id"),"id");--> statement-breakpoint
CREATE INDEX "progress_recent" ON "progress" USING btree ("opened_at");