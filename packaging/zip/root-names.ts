/** The three files every package has at its root, by exact name. */
export const manifestName = 'solution.xml';
export const customizationsName = 'customizations.xml';
export const typesName = '[Content_Types].xml';
