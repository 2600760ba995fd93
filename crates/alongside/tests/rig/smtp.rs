//! Just enough of an SMTP client to hand over a report and read its reply.

use anyhow::bail;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// One connection to a desk.
pub struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    /// Connects and says hello.
    pub async fn connect(port: u16) -> anyhow::Result<Client> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let mut client = Client { stream: BufReader::new(stream) };
        client.expect(220).await?;
        client.say(b"EHLO client.harbour.example\r\n").await?;
        client.expect(250).await?;
        Ok(client)
    }

    /// Hands one message over; gives the last reply's code. 250: it is stored.
    pub async fn hand_over(&mut self, from: &str, to: &str, message: &[u8]) -> anyhow::Result<u16> {
        // RFC 2920: the three commands go together.
        self.say(format!("MAIL FROM:<{from}>\r\nRCPT TO:<{to}>\r\nDATA\r\n").as_bytes()).await?;
        self.expect(250).await?;
        self.expect(250).await?;
        self.expect(354).await?;
        let mut body = message.to_vec();
        body.extend_from_slice(b".\r\n");
        self.say(&body).await?;
        self.reply().await
    }

    async fn say(&mut self, words: &[u8]) -> anyhow::Result<()> {
        Ok(self.stream.get_mut().write_all(words).await?)
    }

    async fn expect(&mut self, code: u16) -> anyhow::Result<()> {
        match self.reply().await? {
            found if found == code => Ok(()),
            found => bail!("the desk said {found} instead of {code}"),
        }
    }

    async fn reply(&mut self) -> anyhow::Result<u16> {
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line).await? == 0 || !line.ends_with("\r\n") {
                bail!("the connection ended");
            }
            if line.as_bytes().get(3) == Some(&b' ') {
                return Ok(line.get(..3).unwrap_or_default().parse()?);
            }
        }
    }
}
