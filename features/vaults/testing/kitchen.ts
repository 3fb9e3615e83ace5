import { GIF, PNG } from './desk';
import type { Files } from './folder';

const note = (...lines: string[]) => `${lines.join('\n')}\n`;

/** What is said of the kitchen, by subject; `KITCHEN` puts it together. */
const HOME: Files = {
  'trastienda.yaml': note(
    'title: The kitchen',
    'access: public',
    'language: en',
    'folders:',
    '  Pantry: members',
    '  Pantry/Shown: public',
  ),
  'index.md': note('# Welcome', '', 'Start with [[Bread]] or the [[Pantry/Flour|flour]].', '', '![[Oven.png|200]]'),
  'README.md': note('How this folder is kept.'),
  'Stuff.md': note('A note beside a folder of its name. See [[Stuff/Knife]].'),
  'Stuff/Knife.md': note('Sharp. #tools/cutting'),
  'Stuff/Index.md': note('What is in the drawer.'),
  '007.jpg.md': note('A note about the picture ![[007.jpg]].'),
  '007.jpg': GIF,
};

const RECIPES: Files = {
  'Bread.md': note(
    '---',
    'aliases: [Loaf, Guides/Daily bread]',
    'tags: [baking, "#Yeast"]',
    '---',
    '# Bread',
    '',
    'Flour, water, [[Salt]] and time. ^what',
    '',
    '## Rising',
    '',
    'Wait. ==Do not hurry==.',
  ),
  'Recipes/Soup.md': note('Serve with [[Bread#Rising|risen bread]] and ![[Bread#^what]].', '', '#dinner #dinner/quick'),
  'Recipes/Cake.md': note(
    '---',
    'cover: Attachments/cake.gif',
    '---',
    'Needs [[Sugar]] and [[Loaf]].',
    '',
    'Also [[Recipes/Nothing here]].',
  ),
  'Recipes/Tart.md': note('[One](Cake.md), [two](../Bread.md#Rising), [three](<Soup.md>), [four](Lemon%20tart.md).'),
  'Recipes/Menu.md': note(
    '| day | dish |',
    '|---|---|',
    '| Monday | [[Soup\\|soup]] |',
    '| Tuesday | ![[Oven.png\\|20]] |',
  ),
  'Recipes/Old menu.md': note('---', 'permalink: menu/last-year', '---', 'See [[Menu]].'),
  'Recipes/Drafts/Jam.md': note('---', 'publish: false', '---', 'Secret jam with [[Sugar]] ![[Oven.png]].'),
  'Recipes/Drafts/Tea.md': note('---', 'access: group:cooks', '---', 'For cooks.'),
  'Recipes/Drafts/Broken.md': note('---', 'tags: [a, b', '---', 'Kept closed.'),
  'Recipes/Drafts/Unsure.md': note('---', 'access: everybody', '---', 'Kept closed too.'),
  'Recipes/Chart.md': note('```dataview', 'TABLE time', '```', '', '![[plan.canvas]]', '', '![[Missing photo.png]]'),
};

const PANTRY: Files = {
  'Pantry/Flour.md': note('For members. [[Bread]]'),
  'Pantry/Sugar.md': note('Sweet.'),
  'Pantry/Shown/Salt.md': note('Anyone may know of salt. [[Sugar]]'),
  'Shop/Salt.md': note('Another salt.'),
  'Shop/sugar.md': note('Brown sugar.'),
  'Shop/Prices/Straße.md': note('A long way.'),
  'Shop/Prices/STRASSE.md': note('The same name, said louder.'),
  'Shop/Prices/Café.md': note('Coffee, [[Straße]].'),
  'Shop/Prices/50% off & more?.md': note('Cheap. [[Café]]'),
  'Shop/Prices/v1.2 notes.md': note('Dots in a name. [[50% off & more?]]'),
  'Shop/Prices/What is # here.md': note('A name that breaks links.'),
};

const ODD: Files = {
  'Odd/Empty.md': '',
  'Odd/No end.md': 'no line end',
  'Odd/Windows.md': 'one\r\ntwo [[Bread]]\r\n',
  'Odd/Marked.md': Buffer.from('\uFEFF---\ntitle: Marked\n---\nbody\n'),
  'Odd/Wide.md': Buffer.from('\uFEFFAda wrote this in two bytes a letter.\n', 'utf16le'),
  'Odd/Latin.md': Buffer.from('Caf\xe9 y t\xe9\n', 'latin1'),
  'Odd/Torn.md': Buffer.from([0x68, 0xc3, 0xb3, 0xff, 0x0a]),
  'Odd/Properties.md': note(
    '---',
    'id: ada-1',
    'born: 1815-12-10',
    'time: 1:30',
    'code: 012',
    'answer: no',
    'show: born, code',
    'friend: "[[Bread]]"',
    '---',
    'Ada.',
  ),
  'Odd/Self.md': note('[[#Here]] and ![[Self]]', '', '# Here', '', '[[Self]]'),
};

const FILES: Files = {
  'Attachments/Oven.png': PNG,
  'Attachments/oven copy.png': PNG,
  'Attachments/cake.gif': GIF,
  'Attachments/not a picture.png': 'plain words',
  'plan.canvas': '{"nodes":[],"edges":[]}',
  'Recipes/Photos.md': '![[oven copy.png]] ![[not a picture.png]]\n',
  'Attachments/unused.pdf': '%PDF-1.7 nobody asks for it',
  'Notes.txt': 'not a note',
};

const SKIPPED: Files = {
  '.obsidian/app.json': '{"strictLineBreaks":false}',
  '.trash/Gone.md': 'gone',
  'Recipes/.hidden.md': 'hidden',
  'node_modules/left/pad.md': 'installed',
};

/** A vault of some forty notes that does a little of everything. */
export const KITCHEN: Files = { ...HOME, ...RECIPES, ...PANTRY, ...ODD, ...FILES, ...SKIPPED };
