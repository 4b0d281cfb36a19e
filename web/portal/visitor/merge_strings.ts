/** Words of merging two conversations. */
export const mergeStrings = {
  merge_title: "Merge another conversation into {name}’s",
  merge_text:
    "For one person under two names. Their messages, notes and details come to the end of this conversation. This cannot be undone.",
  merge_search: "Find it by name, email or words",
  merge_do: "Merge",
};
