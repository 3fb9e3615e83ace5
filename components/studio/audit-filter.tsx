import { FieldView } from '@/components/form/field-view';
import type { Field } from '@/lib/form/field';
import { auditWords, deedName } from '@/lib/language/audit';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = {
  language: InterfaceLanguage;
  actions: string[];
  values: { person: string; who: string; action: string; from: string; until: string; refused: boolean };
};

/** Asks the log for some of its lines: a form that is a question, so that its answer has an address. */
export function AuditFilterForm({ language, actions, values }: Props) {
  const words = auditWords(language);
  const deeds = actions
    .map((value) => ({ value, label: deedName(value, language) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
  const fields: Field[] = [
    { name: 'who', type: 'search', label: words.who, value: values.who, maxLength: 100 },
    {
      name: 'action',
      type: 'select',
      label: words.action,
      value: values.action,
      options: [{ value: '', label: words.anyAction }, ...deeds],
    },
    { name: 'from', type: 'date', label: words.from, value: values.from },
    { name: 'until', type: 'date', label: words.until, value: values.until },
    { name: 'refused', type: 'checkbox', label: words.refused, value: values.refused ? 'on' : '' },
  ];
  return (
    <search>
      <form method="get" className="filter">
        {values.person && <input type="hidden" name="person" value={values.person} />}
        {fields.map((field) => (
          <FieldView key={field.name} form="filter" field={field} />
        ))}
        <button type="submit" className="button button-plain">
          {words.submit}
        </button>
      </form>
    </search>
  );
}
