/** Parlor's sign: a bubble with a door in it. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <path
        class="logo-ground"
        d="M6 3h20a5 5 0 0 1 5 5v12a5 5 0 0 1-5 5H15l-7 6v-6H6a5 5 0 0 1-5-5V8a5 5 0 0 1 5-5z"
      />
      <path class="logo-line" d="M11 20.5V13a5 5 0 0 1 10 0v7.5M8.5 20.5h15M18 14.5v.01" />
    </svg>
  );
}
