import type { Outbox } from '../../kernel/index.ts';
import type { Operations } from './connectors.ts';
import { mailOf, wrongWith } from './mail.ts';
import { objectOf } from './parameters.ts';
import { nothing, refuse } from './result.ts';

export const sendMailApi = 'shared_sendmail';

/** The Mail connector: the same, from an address of the platform's own; the body is called text. */
export function sendMailOperations({ outbox }: { readonly outbox: Outbox }): Operations {
  return {
    async SendEmailV3(call) {
      const { text, ...given } = objectOf(call.parameters, 'request');
      const via = `${call.api}/${call.operation}`;
      const mail = mailOf({ ...given, body: text ?? '', from: '' }, via, 'microsoft@powerapps.com');
      const wrong = wrongWith(mail);
      if (wrong !== undefined) return refuse(400, 'InvalidRecipients', wrong);
      await outbox.put(mail);
      return nothing(202);
    },
  };
}
