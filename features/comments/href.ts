/** Where a comment is: on the page of comments that begins with `from`, or on the first. */
export const commentHref = (note: string, id: number, from: number | null): string =>
  `${from === null ? note : `${note}?comments=${from}`}#comment-${id}`;

/** The page of a note's comments that begins with `from`. */
export const commentsHref = (note: string, from: number | null): string =>
  `${from === null ? note : `${note}?comments=${from}`}#comments`;
