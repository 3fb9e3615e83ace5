import { FieldView } from '@/components/form/field-view';
import type { Field } from '@/lib/form/field';
import { studioWords } from '@/lib/language/studio';
import { peopleWords } from '@/lib/language/studio-people';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = { language: InterfaceLanguage; search: string; role: string; state: string };

/** Asks the list of people for some of them: a form that is a question, so that its answer has an address. */
export function PeopleFilter({ language, search, role, state }: Props) {
  const { people: words } = peopleWords(language);
  const { role: roles } = studioWords(language);
  const fields: Field[] = [
    { name: 'q', type: 'search', label: words.search, value: search, maxLength: 100 },
    {
      name: 'role',
      type: 'select',
      label: words.role,
      value: role,
      options: [
        { value: '', label: words.anyRole },
        ...Object.entries(roles).map(([value, label]) => ({ value, label })),
      ],
    },
    {
      name: 'state',
      type: 'select',
      label: words.state,
      value: state,
      options: [
        { value: '', label: words.anyState },
        { value: 'waiting', label: words.waiting },
        { value: 'disabled', label: words.disabled },
      ],
    },
  ];
  return (
    <search>
      <form method="get" className="filter">
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
