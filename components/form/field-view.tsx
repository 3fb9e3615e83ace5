import type { Field } from '@/lib/form/field';

type Props = { form: string; field: Field; value?: string; error?: string };

/** A field with its label, what helps to fill it in and what was wrong with it. */
export function FieldView({ form, field, value, error }: Props) {
  const id = `${form}-${field.name}`;
  const given = value ?? field.value;
  if (field.type === 'hidden') return <input type="hidden" name={field.name} value={given ?? ''} />;
  const described = [field.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const attributes = {
    id,
    name: field.name,
    required: field.required,
    maxLength: field.maxLength,
    autoComplete: field.autoComplete,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described || undefined,
  };
  const texts = (
    <>
      {field.hint && (
        <p id={`${id}-hint`} className="field-hint">
          {field.hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </>
  );
  if (field.type === 'checkbox') {
    return (
      <div className="field field-check">
        <input {...attributes} type="checkbox" value="on" defaultChecked={given === 'on'} />
        <label htmlFor={id}>{field.label}</label>
        {texts}
      </div>
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{field.label}</label>
      <Control field={field} attributes={attributes} value={given} />
      {texts}
    </div>
  );
}

type ControlProps = { field: Field; attributes: Record<string, string | number | boolean | undefined>; value?: string };

function Control({ field, attributes, value }: ControlProps) {
  if (field.type === 'textarea') return <textarea {...attributes} rows={field.rows ?? 5} defaultValue={value} />;
  if (field.type === 'select') {
    return (
      // Made anew when what is stored has changed: a select that a form resets goes back to its first options
      <select key={value} {...attributes} defaultValue={value}>
        {field.options?.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  if (field.type === 'code') {
    return <input {...attributes} type="text" inputMode="numeric" autoComplete="one-time-code" defaultValue={value} />;
  }
  return <input {...attributes} type={field.type ?? 'text'} defaultValue={value} />;
}
