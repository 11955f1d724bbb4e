import { plainId } from './odata-text';
import { textOf, type RowReader } from './rows';

/**
 * The code of a legal entity (`usmf`), which is what rows of finance and operations carry; its name or id is not.
 *
 * @returns empty when the company has no code
 */
export async function readCompanyCode(companyId: string, reader: RowReader): Promise<string> {
  const company = await reader.retrieveRecord('cdm_company', plainId(companyId), '?$select=cdm_companycode');
  return textOf(company, 'cdm_companycode').toLowerCase();
}
