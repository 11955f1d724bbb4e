import type { Check, Diagnosis } from './diagnosis.ts';
import { Refused, type Row } from './web-api.ts';

const path =
  'cdm_companies?$select=cdm_companycode,cdm_isenabledfordualwrite,_cdm_defaultowningteam_value&$orderby=cdm_companycode';

/** Companies whose rows take part in dual-write. */
export const checkCompanies: Check = async ({ api }) => {
  let rows: Row[];
  try {
    rows = await api.list(path);
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return [none('There is no table cdm_company.')];
    throw error;
  }
  const enabled = rows.filter((row) => row['cdm_isenabledfordualwrite'] === true);
  if (enabled.length === 0) return [none('No company is enabled for dual-write.')];
  return rows.map((row): Diagnosis => {
    const code = String(row['cdm_companycode']);
    const about = { check: 'companies', subject: code };
    if (row['cdm_isenabledfordualwrite'] !== true)
      return {
        ...about,
        level: 'warning',
        what: `The company ${code} is not enabled for dual-write: its customers stay where they are.`,
        todo: 'Set Is Enabled For Dual-Write on the company, when it is to take part.',
      };
    if ((row['_cdm_defaultowningteam_value'] ?? null) === null)
      return {
        ...about,
        level: 'warning',
        what: `The company ${code} has no default owning team.`,
        todo: 'Choose one on the company: rows from finance and operations belong to it.',
      };
    return { ...about, level: 'ok', what: `The company ${code} is enabled for dual-write.` };
  });
};

const none = (what: string): Diagnosis => ({
  check: 'companies',
  level: 'error',
  what,
  todo: 'Run the table map of legal entities, and set Is Enabled For Dual-Write on each company that takes part.',
});
