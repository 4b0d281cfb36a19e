/** Parlor's logo: a speech bubble with a door. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <path
        class="logo-ground"
        d="M6 3h20a5 5 0 0 1 5 5v12a5 5 0 0 1-5 5H15l-7 6v-6H6a5 5 0 0 1-5-5V8a5 5 0 0 1 5-5z"
      />
      <path class="logo-door" d="M10.5 22v-8.5a5.5 5.5 0 0 1 11 0V22z" />
      <circle class="logo-ground" cx="18.5" cy="17" r="1.2" />
    </svg>
  );
}
