// Runs before the page is painted: the theme that was chosen last, else that of the system.
{
  const kept = localStorage.getItem("theme");
  if (kept) document.documentElement.dataset.theme = kept;
}
