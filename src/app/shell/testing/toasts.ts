/** Stands in for ngx-toastr: keeps what it was asked to show. */
export class Toasts {
  readonly shown: string[] = [];

  success(message: string): void {
    this.shown.push(message);
  }

  info(message: string): void {
    this.shown.push(message);
  }

  error(message: string): void {
    this.shown.push(message);
  }
}
