import { EditMap } from 'micromark-util-edit-map';

/**
 * micromark 4.0.3 copies all events so far each time a list or quote ends or a heading is underlined, though the edits
 * are always near the end: twenty thousand quotes take a minute and a half. This copies what is after the first edit
 * only. To be deleted when micromark does so itself.
 */
const { consume } = EditMap.prototype;

EditMap.prototype.consume = function (events) {
  const first = this.map.reduce((least, [at]) => Math.min(least, at), Number.POSITIVE_INFINITY);
  if (!Number.isFinite(first)) return;
  const tail = events.splice(first);
  for (const edit of this.map) edit[0] -= first;
  consume.call(this, tail);
  for (const event of tail) events.push(event);
};
