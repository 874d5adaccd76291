// An article or files that are dropped on the page are put into its form and sent. Without this script, and by
// keyboard, the form's own fields do the same.
const form = document.querySelector<HTMLFormElement>("form.ask[enctype]");
const files = form?.querySelector<HTMLInputElement>("input[type=file]");
const text = form?.querySelector<HTMLTextAreaElement>("textarea");

if (form && files && text) {
  form.querySelector<HTMLElement>(".drop")!.hidden = false;

  const over = (event: DragEvent) => {
    event.preventDefault(); // else the browser opens what is dropped
    form.classList.add("over");
  };
  document.addEventListener("dragenter", over);
  document.addEventListener("dragover", over);
  document.addEventListener("dragleave", (event) => event.relatedTarget || form.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    const dropped = event.dataTransfer;
    if (dropped?.files.length) {
      files.files = dropped.files;
    } else {
      const words = dropped?.getData("text/plain") ?? "";
      if (!words) return;
      text.value = words;
    }
    form.requestSubmit();
  });
}
