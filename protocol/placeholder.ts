/** A variable in a text, `{{name}}` or `{{name|fallback}}`: its name and its fallback, with the spaces around them. */
export const placeholder = /\{\{([^{}|]*)(?:\|([^{}]*))?\}\}/g;
