import { FieldView } from '@/components/form/field-view';
import { uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';

export type PlaceProps = {
  language: InterfaceLanguage;
  /** Slugs and titles to choose from, or the slug of the only one it can go to. */
  vaults: { slug: string; title: string }[] | string;
  folders?: string[];
  vault?: string;
  folder?: string;
  /** The file whose place is taken; with it, one file is sent. */
  file?: string;
};

/** Where the files go. */
export function PlaceFields({ language, vaults, folders = [], vault, folder, file }: PlaceProps) {
  const words = uploadWords(language);
  if (typeof vaults === 'string') {
    return (
      <>
        <input type="hidden" name="vault" value={vaults} />
        <input type="hidden" name="file" value={file} />
      </>
    );
  }
  const options = vaults.map(({ slug, title }) => ({ value: slug, label: `${title} (/${slug})` }));
  return (
    <>
      <FieldView
        form="upload"
        field={{ name: 'vault', type: 'select', label: words.vault, value: vault || options[0]?.value, options }}
      />
      <div className="field">
        <label htmlFor="upload-folder">{words.folder}</label>
        <input
          id="upload-folder"
          name="folder"
          list="upload-folders"
          defaultValue={folder}
          maxLength={1_000}
          autoComplete="off"
          aria-describedby="upload-folder-hint"
        />
        <datalist id="upload-folders">
          {folders.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        <p id="upload-folder-hint" className="field-hint">
          {words.folderHint}
        </p>
      </div>
      <FieldView
        form="upload"
        field={{ name: 'replace', type: 'checkbox', label: words.replace, hint: words.replaceHint }}
      />
    </>
  );
}

/** Which files; with `one`, the one that takes another's place. */
export function FilesField({ language, hint, one }: { language: InterfaceLanguage; hint: string; one: boolean }) {
  const words = uploadWords(language);
  return (
    <div className="field drop">
      <label htmlFor="upload-files">{one ? words.file.replaceFile : words.files}</label>
      <p className="drop-hint with-script">{words.drop}</p>
      <input id="upload-files" type="file" name="files" multiple={!one} aria-describedby="upload-files-hint" />
      <p id="upload-files-hint" className="field-hint">
        {hint}
      </p>
    </div>
  );
}
