package io.penstock.worker.notify;

import io.penstock.schema.definition.Channel;
import io.penstock.worker.call.CallFailedException;
import io.penstock.worker.call.OutboundTcp;
import io.penstock.worker.call.TcpConnection;
import io.penstock.worker.call.TcpTarget;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * One conversation with a mail server, over a connection of its own.
 *
 * @param ourName what we greet with
 */
record SmtpDelivery(
    OutboundTcp network,
    TcpTarget target,
    SSLSocketFactory tls,
    Channel.Security security,
    Optional<Login> login,
    String ourName) {

  /** With the password itself. */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /** Returns when the server has taken the mail for all of them. */
  void deliver(MimeMail mail, List<InternetAddress> recipients) throws CallFailedException {
    try (TcpConnection connection = network.open(target)) {
      SmtpFailures failures = new SmtpFailures(target.who(), connection);
      SMTPTransport transport = transport(connection);
      try {
        transport.connect(secured(connection));
        if (login.isPresent() && !transport.supportsExtension("AUTH")) {
          throw failures.noLogin();
        }
        transport.sendMessage(mail, recipients.toArray(InternetAddress[]::new));
      } catch (IOException e) {
        throw connection.failure(e);
      } catch (MessagingException e) {
        throw failures.of(e, transport, recipients.size(), security);
      }
      takeLeave(transport);
    }
  }

  /** The mail is the server's by now; whatever goes wrong here changes nothing. */
  private static void takeLeave(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      // It has noticed, or will.
    }
  }

  private SMTPTransport transport(TcpConnection connection) {
    Properties properties = new Properties();
    properties.put("mail.smtp.localhost", ourName);
    properties.put("mail.smtp.auth", Boolean.toString(login.isPresent()));
    // Others hide the password where TLS does already, at the cost of old digests.
    properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    properties.put("mail.smtp.sendpartial", "false");
    properties.put("mail.smtp.quitwait", "false");
    properties.put(
        "mail.smtp.starttls.required", Boolean.toString(security == Channel.Security.STARTTLS));
    properties.put("mail.smtp.ssl.socketFactory", tls);
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    // By its digits: the library asks the name server at several places.
    String address = connection.socket().getInetAddress().getHostAddress();
    return new SMTPTransport(
        Session.getInstance(properties),
        new URLName(
            "smtp",
            address,
            target.port(),
            null,
            login.map(Login::user).orElse(null),
            login.map(Login::password).orElse(null)));
  }

  private Socket secured(TcpConnection connection) throws IOException {
    if (security != Channel.Security.TLS) {
      return connection.socket();
    }
    SSLSocket secure =
        (SSLSocket) tls.createSocket(connection.socket(), target.host(), target.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }
}
