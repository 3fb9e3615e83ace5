import { isAlias, isMap, isNode, isScalar, isSeq, type Scalar } from 'yaml';

export type PropertyKind = 'text' | 'list' | 'number' | 'checkbox' | 'date' | 'datetime' | 'tags' | 'object' | 'empty';

export type Property = {
  key: string;
  /** 1-based, in the source file. */
  line: number;
  kind: PropertyKind;
  /**
   * As spelled, never reinterpreted (V12): none when empty, one for a single value, one each for a list; an object is its own
   * source text.
   */
  value: string[];
};

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const DATETIME =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?\s?(Z|z|[+-]\d\d:?\d\d)?$/;

/** One property from its YAML nodes. `yaml` is the text they were parsed from, `line` the key's. Never throws. */
export function readProperty(key: Scalar | null, value: unknown, yaml: string, line: number): Property {
  const name = key ? spelling(key) : '';
  const isTags = /^tags?$/i.test(name);
  if (isScalar(value)) {
    const text = spelling(value);
    const kind = scalarKind(value, text);
    return { key: name, line, kind: isTags && kind !== 'empty' ? 'tags' : kind, value: kind === 'empty' ? [] : [text] };
  }
  if (isSeq(value) && value.items.every((item) => isScalar(item) || item === null)) {
    const items = value.items.filter((item) => isScalar(item)).filter((item) => item.value !== null);
    return { key: name, line, kind: isTags ? 'tags' : 'list', value: items.map(spelling) };
  }
  if (isMap(value) || isSeq(value) || isAlias(value))
    return { key: name, line, kind: 'object', value: [sourceOf(value, yaml)] };
  return { key: name, line, kind: 'empty', value: [] };
}

/** What the author typed, without quotes. */
function spelling(scalar: Scalar): string {
  if (typeof scalar.value === 'string') return scalar.value.replace(/\n$/, '');
  return scalar.source ?? String(scalar.value);
}

function scalarKind(scalar: Scalar, text: string): PropertyKind {
  if (scalar.value === null || text.trim() === '') return 'empty';
  if (typeof scalar.value === 'boolean') return 'checkbox';
  if (typeof scalar.value === 'number' || typeof scalar.value === 'bigint') return 'number';
  if (DATE.test(text)) return 'date';
  return DATETIME.test(text) ? 'datetime' : 'text';
}

function sourceOf(node: unknown, yaml: string): string {
  const range = isNode(node) ? node.range : null;
  return range ? yaml.slice(range[0], range[1]).trimEnd() : '';
}
