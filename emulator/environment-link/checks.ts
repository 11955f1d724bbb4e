/** What linking an existing environment of Dataverse looks at. */
export interface LinkFacts {
  /** The environment of Dataverse was made with *Enable D365 apps*. */
  readonly hasD365Apps: boolean;
  readonly dataverseGeography: string;
  readonly financeOperationsGeography: string;
  /** The user who links is an administrator of the environment of Dataverse. */
  readonly isAdministrator: boolean;
  /** The user who links has a licence of Finance, Supply Chain or Commerce: here, is a user of finance and operations. */
  readonly isLicensed: boolean;
}

interface Check {
  readonly name: string;
  readonly passes: (facts: LinkFacts) => boolean;
  readonly failure: (facts: LinkFacts) => string;
}

/**
 * Decided: the words.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/power-platform/enable-power-platform-integration
 */
const checks: readonly Check[] = [
  {
    name: 'Dataverse was created with Enable D365 apps',
    passes: ({ hasD365Apps }) => hasD365Apps,
    failure: () => 'The environment was created without Dynamics 365 apps. Choose one that was created with them.',
  },
  {
    name: 'Both environments are in the same geography',
    passes: (facts) => facts.dataverseGeography === facts.financeOperationsGeography,
    failure: (facts) =>
      `Dataverse is in '${facts.dataverseGeography}', finance and operations in '${facts.financeOperationsGeography}'.`,
  },
  {
    name: 'The user is an administrator of the environment',
    passes: ({ isAdministrator }) => isAdministrator,
    failure: () => 'The user who links needs the role System Administrator in the environment of Dataverse.',
  },
  {
    name: 'The user has a finance and operations licence',
    passes: ({ isLicensed }) => isLicensed,
    failure: () => 'The user who links has no Finance, Supply Chain or Commerce licence. A new one may take an hour.',
  },
];

export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
  readonly message: string;
}

export const runChecks = (facts: LinkFacts): CheckResult[] =>
  checks.map(({ name, passes, failure }) => {
    const passed = passes(facts);
    return { name, passed, message: passed ? '' : failure(facts) };
  });
