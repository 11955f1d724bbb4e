import type { Check } from './diagnosis.ts';
import { Refused } from './web-api.ts';

const notLinked = '0x80048d0b';

/** Whether the environment is linked with finance and operations, and who asks. */
export const checkLink: Check = async ({ api }) => {
  try {
    const { Url } = await api.get('RetrieveFinanceAndOperationsIntegrationDetails');
    const what = `The environment is linked with finance and operations at ${String(Url)}.`;
    return [{ check: 'link', level: 'ok', what }];
  } catch (error) {
    if (!(error instanceof Refused) || error.code.toLowerCase() !== notLinked) throw error;
    return [
      {
        check: 'link',
        level: 'error',
        what: error.message,
        todo: 'Link it: Power Platform admin center, or Power Platform integration on the environment page of Lifecycle Services.',
      },
    ];
  }
};
