import { FieldView } from '@/components/form/field-view';
import type { Field } from '@/lib/form/field';
import { downloadWords } from '@/lib/language/downloads';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = {
  language: InterfaceLanguage;
  values: Record<'file' | 'link' | 'person' | 'outcome' | 'from' | 'to', string>;
};

/** Asks the ledger for some of its entries: a form that is a question, so that its answer has an address. */
export function DownloadFilter({ language, values }: Props) {
  const words = downloadWords(language);
  const kept = (['file', 'link', 'person'] as const).filter((name) => values[name]);
  const fields: Field[] = [
    ...kept.map((name): Field => ({ name, label: '', type: 'hidden', value: values[name] })),
    {
      name: 'outcome',
      type: 'select',
      label: words.outcomeLabel,
      value: values.outcome,
      options: [
        { value: '', label: words.anyOutcome },
        ...Object.entries(words.outcome).map(([value, label]) => ({ value, label })),
      ],
    },
    { name: 'from', type: 'date', label: words.from, value: values.from },
    { name: 'to', type: 'date', label: words.to, value: values.to },
  ];
  return (
    <search>
      <form method="get" className="filter">
        {fields.map((field) => (
          <FieldView key={field.name} form="filter" field={field} />
        ))}
        <button type="submit" className="button button-plain">
          {words.filter}
        </button>
      </form>
    </search>
  );
}
