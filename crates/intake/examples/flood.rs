//! How many small messages per second the SMTP server accepts from clients on the same machine when storing costs nothing:
//! `cargo run --release -p intake --example flood [connections] [messages]`.
//!
//! Each client pipelines as RFC 2920 allows (MAIL, RCPT and DATA together, then the content) and waits for every 250.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use intake::Delivery;
use intake::address::Addresses;
use intake::smtp::{self, Config};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<usize>());
    let connections = arguments.next().transpose()?.unwrap_or(32);
    let messages = arguments.next().transpose()?.unwrap_or(100_000);

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let mut config = Config::new("desk.example", Addresses::new(["report@desk.example"])?);
    config.trust.networks = intake::network::Network::loopback().to_vec();
    config.max_connections = connections;
    config.max_messages = usize::MAX;
    config.max_messages_per_sender_per_minute = u32::MAX;
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&taken);
    let deliver = move |_: Delivery| {
        counter.fetch_add(1, Ordering::Relaxed);
        async { Ok(()) }
    };
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = tokio::spawn(smtp::serve(listener, config, deliver, async {
        let _either = stopped.await;
    }));

    let began = Instant::now();
    let clients: Vec<_> = (0..connections)
        .map(|number| {
            let share = messages / connections + usize::from(number < messages % connections);
            tokio::spawn(async move { send(address, share).await.map_err(|error| error.to_string()) })
        })
        .collect();
    for client in clients {
        client.await??;
    }
    let seconds = began.elapsed().as_secs_f64();
    drop(stop);
    server.await?;
    println!(
        "{} messages taken over {connections} connections in {seconds:.2} s: {:.0} messages/s",
        taken.load(Ordering::Relaxed),
        messages as f64 / seconds
    );
    Ok(())
}

async fn send(address: std::net::SocketAddr, messages: usize) -> std::io::Result<()> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    expect(&mut stream, &mut line, "220 ").await?;
    stream.write_all(b"EHLO client.example\r\n").await?;
    expect(&mut stream, &mut line, "250 ").await?;
    let content = format!(
        "From: zoe@corp.example\r\nSubject: odd\r\n\r\n{}.\r\n",
        "a line of text in a small message\r\n".repeat(30)
    );
    for _ in 0..messages {
        stream
            .write_all(b"MAIL FROM:<zoe@corp.example>\r\nRCPT TO:<report@desk.example>\r\nDATA\r\n")
            .await?;
        for code in ["250 ", "250 ", "354 "] {
            expect(&mut stream, &mut line, code).await?;
        }
        stream.write_all(content.as_bytes()).await?;
        expect(&mut stream, &mut line, "250 ").await?;
    }
    stream.write_all(b"QUIT\r\n").await?;
    expect(&mut stream, &mut line, "221 ").await
}

/// Reads up to the last line of a reply and checks how it begins.
async fn expect(stream: &mut BufReader<TcpStream>, line: &mut String, start: &str) -> std::io::Result<()> {
    loop {
        line.clear();
        stream.read_line(line).await?;
        if line.starts_with(start) {
            return Ok(());
        }
        if line.as_bytes().get(3) != Some(&b'-') {
            return Err(std::io::Error::other(format!("expected `{start}`, heard `{}`", line.trim_end())));
        }
    }
}
