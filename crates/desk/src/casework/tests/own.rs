//! Stories of somebody of the team who told us something themselves: colleagues answer it.

use crate::casework;
use crate::people;
use crate::reports::{Receipt, Told};
use crate::test::{LURE, TestDesk};
use crate::who::{Role, Who};

/// Somebody of the team tells us something.
async fn of_the_team(test: &TestDesk, who: &Who, told: &[Told], message: Option<&str>) -> Receipt {
    let mut tx = test.desk.db.read().await.unwrap();
    let address = people::find(&mut tx, who.person).await.unwrap().unwrap().address.unwrap();
    drop(tx);
    test.told(&address, told, "I typed it myself", message).await
}

#[tokio::test]
async fn what_somebody_of_the_team_told_about_themselves_is_worked_by_colleagues() {
    let test = TestDesk::new().await;
    let robin = test.somebody(Role::Responder).await;
    let own = of_the_team(&test, &robin.0, &[Told::Password], Some(LURE)).await;
    let case = test.case_of(own.report).await;
    let page = format!("/cases/{case}");
    assert!(test.get(&page, &robin.1).await.status.is_success(), "on a desk of one there is nobody else");

    let sam = test.somebody(Role::Responder).await;
    casework::note(&test.desk, &sam.0, case, "Robin sounded shaken").await.unwrap();
    let closed = test.get(&page, &robin.1).await;
    assert_eq!(closed.status, 409);
    assert!(
        closed.body.contains("You told us about this yourself") && !closed.body.contains("shaken"),
        "{}",
        closed.body
    );
    assert!(casework::take(&test.desk, &robin.0, case, true).await.is_err());
    assert!(casework::close(&test.desk, &robin.0, case).await.is_err());
    assert!(test.get(&format!("/reports/{}/message", own.report), &robin.1).await.status.is_client_error());
    assert!(test.get(&page, &sam.1).await.body.contains("shaken"));
}

#[tokio::test]
async fn a_lure_that_others_reported_too_is_worked_by_whoever_saw_it_as_well() {
    let test = TestDesk::new().await;
    let robin = test.somebody(Role::Responder).await;
    test.somebody(Role::Responder).await;
    let kim = test.told("kim@example.org", &[], "", Some(LURE)).await;
    let own = of_the_team(&test, &robin.0, &[Told::Looked], Some(LURE)).await;
    let case = test.case_of(kim.report).await;
    assert_eq!(test.case_of(own.report).await, case);
    assert!(test.get(&format!("/cases/{case}"), &robin.1).await.status.is_success());
    casework::take(&test.desk, &robin.0, case, true).await.unwrap();
}

#[tokio::test]
async fn a_case_that_the_whole_team_is_in_can_still_be_worked() {
    let test = TestDesk::new().await;
    let (robin, sam) = (test.somebody(Role::Responder).await, test.somebody(Role::Lead).await);
    let wim = test.told("wim@example.org", &[Told::Password], "", Some(LURE)).await;
    let case = test.case_of(wim.report).await;
    of_the_team(&test, &robin.0, &[Told::Password], Some(LURE)).await;
    assert_eq!(test.get(&format!("/cases/{case}"), &robin.1).await.status, 409, "Sam can work it");
    of_the_team(&test, &sam.0, &[Told::Password], Some(LURE)).await;
    for who in [&robin, &sam] {
        assert!(test.get(&format!("/cases/{case}"), &who.1).await.status.is_success());
        casework::note(&test.desk, &who.0, case, "We look into it").await.unwrap();
    }
}
