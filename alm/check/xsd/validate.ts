import { BuildError } from '../../build-error.ts';

export interface ValidationRequest {
  /** Texts of the schemas by file name; they include each other by these names. */
  readonly schemas: Readonly<Record<string, string>>;
  readonly documents: readonly { readonly schema: string; readonly xml: string }[];
}

export interface Violation {
  readonly line: number;
  readonly message: string;
}

/** @returns for each document what is wrong with it; nothing for a valid one */
export async function validate({ schemas, documents }: ValidationRequest): Promise<Violation[][]> {
  const { ParseOption, XmlDocument, XsdValidator, XmlBufferInputProvider, XmlValidateError, xmlRegisterInputProvider } =
    await import('libxml2-wasm');
  const bytes = Object.entries(schemas).map(([name, text]) => [name, Buffer.from(text)] as const);
  xmlRegisterInputProvider(new XmlBufferInputProvider(Object.fromEntries(bytes)));
  const validators = new Map(
    [...new Set(documents.map(({ schema }) => schema))].map((name) => {
      const text = schemas[name];
      if (text === undefined) throw new BuildError(`There is no ${name} among the schemas.`);
      return [name, XsdValidator.fromDoc(XmlDocument.fromString(text, { url: name }))] as const;
    }),
  );
  return documents.map(({ schema, xml }) => {
    using document = XmlDocument.fromString(xml, {
      option: ParseOption.XML_PARSE_BIG_LINES | ParseOption.XML_PARSE_HUGE,
    });
    try {
      validators.get(schema)!.validate(document);
      return [];
    } catch (error) {
      if (!(error instanceof XmlValidateError)) throw error;
      return error.details.map(({ line, message }) => ({ line, message: message.trim() }));
    }
  });
}
