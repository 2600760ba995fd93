//! How the language server ends: when the editor says `exit`, or closes the connection, nothing keeps the process alive.

use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use super::messages;
use tokio::io::{AsyncRead, BufReader};
use tower::Service;
use tower_lsp_server::jsonrpc::Request;

/// Whether the editor said `exit` without `shutdown` before it, which the protocol answers with 1.
static ABRUPT: AtomicBool = AtomicBool::new(false);
static SHUT_DOWN: AtomicBool = AtomicBool::new(false);

/// What the process ends with.
pub(super) fn code() -> u8 {
    u8::from(ABRUPT.load(Ordering::SeqCst))
}

/// Ends the process soon, whatever is still being checked: nobody is there to be told.
fn leave_soon() {
    std::thread::spawn(|| {
        std::thread::sleep(Duration::from_secs(1));
        std::process::exit(i32::from(code()));
    });
}

/// A service that ends the process after `exit`.
pub(super) struct UntilExit<S>(pub S);

impl<S: Service<Request>> Service<Request> for UntilExit<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> S::Future {
        match request.method() {
            "shutdown" => SHUT_DOWN.store(true, Ordering::SeqCst),
            "exit" => {
                ABRUPT.store(!SHUT_DOWN.load(Ordering::SeqCst), Ordering::SeqCst);
                leave_soon();
            }
            _ => {}
        }
        self.0.call(request)
    }
}

/// What the editor sends, message by message, and the end of the process when it sends no more.
pub(super) fn until_closed(from: impl AsyncRead + Unpin + Send + 'static) -> impl AsyncRead + Unpin {
    let (mut passed, input) = tokio::io::duplex(64 * 1024);
    tokio::spawn(async move {
        let _ = messages::pass_on(BufReader::new(from), &mut passed).await;
        leave_soon();
    });
    input
}
