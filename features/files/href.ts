/** The address of a file's download. The name is for people; the id decides. */
export function fileHref(file: { id: string; name: string }): string {
  return `/files/${file.id}/${encodeURIComponent(file.name)}`;
}
