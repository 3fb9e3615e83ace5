import { sql } from 'drizzle-orm';
import { comment } from '@/db/schema';

/** Comments of one page, answers included. */
export const PER_PAGE = 50;

/** Comments are read in the order they were begun in, each followed by its answers. */
export const thread = sql<number>`coalesce(${comment.parentId}, ${comment.id})`.mapWith(Number);

/** With which comment a page begins that has this one: with the one it answers, unless that has too many answers. */
export const startOf = () =>
  sql<number>`case when (select count(*) from ${comment} earlier
    where earlier.parent_id = "comment"."parent_id" and earlier.id < "comment"."id") < ${PER_PAGE - 1}
    then ${thread} else ${comment.id} end`.mapWith(Number);
