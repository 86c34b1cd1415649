/** What arrives by drop or paste. */
export interface PutIn {
  /** Whether anything may be put in now; where not, what is dropped is dropped, and the page stays. */
  open(): boolean;
  files(files: readonly File[]): void;
  text(text: string): void;
  folder(): void;
  /** Whether something hovers above the page that would be taken. */
  hover(over: boolean): void;
}

/** Takes files and texts that are dropped anywhere on the page, or pasted. */
export function takeDropsAndPastes(target: PutIn): void {
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files") === true || !isField(event.target)) {
      event.preventDefault();
      target.hover(target.open());
    }
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) {
      target.hover(false);
    }
  });
  document.addEventListener("drop", (event) => {
    target.hover(false);
    const { dataTransfer: dropped } = event;
    if (dropped === null || (dropped.files.length === 0 && isField(event.target))) {
      return;
    }
    event.preventDefault();
    if (target.open()) {
      takeTransfer(dropped, target);
    }
  });
  document.addEventListener("paste", (event) => {
    const { clipboardData: pasted } = event;
    if (pasted === null || !target.open() || (pasted.files.length === 0 && isField(event.target))) {
      return; // where a field has the focus, the browser pastes into it
    }
    event.preventDefault();
    takeTransfer(pasted, target);
  });
}

function takeTransfer(data: DataTransfer, target: PutIn): void {
  // A folder comes as a file too, which nobody can read.
  const folders = new Set<File | null>();
  for (const item of data.items) {
    if (item.kind === "file" && item.webkitGetAsEntry()?.isDirectory === true) {
      folders.add(item.getAsFile());
    }
  }
  if (folders.size > 0) {
    target.folder();
    return;
  }
  if (data.files.length > 0) {
    target.files([...data.files]);
  } else if (data.getData("text/plain") !== "") {
    target.text(data.getData("text/plain"));
  }
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== "file");
}
