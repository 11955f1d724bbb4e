/** A definition that cannot be run as it stands; the message names the place. */
export class DefinitionError extends Error {}
