/** Parlor's sign: two chairs that face one another, as a bubble. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <path
        class="logo-ground"
        d="M6 3h20a5 5 0 0 1 5 5v12a5 5 0 0 1-5 5H15l-7 6v-6H6a5 5 0 0 1-5-5V8a5 5 0 0 1 5-5z"
      />
      <path class="logo-line" d="M9 9v8h5v3M9 14h5M23 9v8h-5v3M23 14h-5" />
    </svg>
  );
}
