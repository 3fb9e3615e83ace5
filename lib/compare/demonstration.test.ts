import { expect, it } from 'vitest';
import { withNextWord, wordIn, wordOf } from './demonstration';

const source = 'Today’s word is ==medlar==. And ==another== mark.\n';

it('changes that one word for the next of the list, and comes round', () => {
  expect(wordOf(source, 'en')).toBe('medlar');
  expect(withNextWord(source, 'en', 'medlar')).toEqual({
    text: 'Today’s word is ==quince==. And ==another== mark.\n',
    word: 'quince',
  });
});

it('leaves alone what says none of its words', () => {
  for (const [text, language] of [
    ['Nothing marked.', 'en'],
    ['==secret==', 'en'],
    [source, 'es'],
    [source, 'fr'],
  ] as const) {
    expect(wordOf(text, language), text).toBeNull();
    expect(withNextWord(text, language, 'plum'), text).toBeNull();
  }
});

it('reads the word off a page', () => {
  expect(wordIn('<mark>no</mark><div class="prose"><p>Word: <mark>fig</mark>.')).toBe('fig');
  expect(wordIn('<div class="prose"><p>none')).toBeNull();
});
