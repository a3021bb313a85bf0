//! Mail accounts that are opened by access tokens.

use std::fs;

use custody_practice::mailbox::TokenEndpoint;

use crate::support::{Desk, world};

const SECRET: &str = "cnry client secret 83";

#[tokio::test(flavor = "multi_thread")]
async fn mail_is_connected_by_a_refresh_token_and_the_doctor_says_when_it_is_refused() {
    let world = world().await;
    let desk = Desk::at(&world);
    let (account, ca, secret) = (world.mail.desk_account(), desk.path("ca.pem"), desk.path("client.txt"));
    fs::write(&ca, world.mail.ca_pem()).unwrap();
    fs::write(&secret, format!("{SECRET}\n")).unwrap();
    let (smtp, imap) = (world.mail.smtp_addr().to_string(), world.mail.imaps_addr().to_string());
    let endpoint = world.mail.token_endpoint();
    endpoint.require_client_secret(SECRET);
    let url = endpoint.url();
    let servers = ["connect", "mail", "--from", &account.user, "--smtp", &smtp, "--imap", &imap];
    let trust = ["--ca-file", ca.to_str().unwrap()];
    let client = ["--oauth-token-url", &url, "--oauth-client-id", TokenEndpoint::CLIENT_ID];
    let files = ["--oauth-client-secret-file", secret.to_str().unwrap(), "--refresh-token-file", "-"];
    let connect = [&servers[..], &trust, &client, &files].concat();

    let [refresh, access] = TokenEndpoint::MARKS;
    let refused = desk.run_with_input(&connect, refresh).failed(5);
    assert!(refused.stderr.contains("nothing was lost"), "{refused:?}");
    let token = endpoint.grant(&account.user);
    desk.run_with_input(&connect, &token).done();
    for _ in 0..2 {
        let checked = desk.run(&["doctor"]).done();
        assert!(checked.text().contains("the token endpoint gives access tokens"), "{checked:?}");
        assert!(checked.text().contains("logged in; letters can be posted"), "{checked:?}");
    }

    endpoint.revoke(&account.user);
    let told = desk.run(&["doctor"]).failed(5);
    assert!(told.text().contains("!!  mail token"), "{told:?}");
    assert!(told.text().contains("The token endpoint refused our refresh token"), "{told:?}");
    assert!(told.text().contains("connect again with `custody connect mail`"), "{told:?}");
    desk.never_said(&[refresh, access, SECRET]);
}

#[test]
fn flags_of_a_password_and_of_a_refresh_token_do_not_go_together() {
    let desk = Desk::none();
    let servers = ["connect", "mail", "--from", "a@b.example", "--smtp", "b.example:587", "--imap", "b.example:993"];
    let client = ["--oauth-token-url", "https://login.example/token", "--oauth-client-id", "c"];
    for more in [
        &client[..2],
        &client[2..],
        &["--refresh-token-file", "-"],
        &[client[0], client[1], client[2], client[3], "--bearer-token"],
        &[client[0], client[1], client[2], client[3], "--password-file", "-"],
        &[client[0], client[1], client[2], client[3], "--imap-password-file", "-"],
    ] {
        desk.run(&[&servers[..], more].concat()).failed(2);
    }
}
