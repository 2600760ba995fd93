//! What speaks for each kind of attack, and how much.

use super::{AttackType, Observation};
use crate::signs::Sign;

/// What speaks for everyday mail, where nothing need be told apart.
pub(super) const EVERYDAY_WEIGHTS: &[(Observation, f32)] = &[
    (Observation::Words(Sign::Routine), 0.3),
    (Observation::Words(Sign::NothingToDo), 1.4),
    (Observation::Words(Sign::Threat), -0.2),
    (Observation::Conversation, 0.4),
];

/// What speaks for a kind and how much; below zero it speaks against it.
pub(super) fn weights(kind: AttackType) -> &'static [(Observation, f32)] {
    use Observation::Words;
    match kind {
        AttackType::CredentialPhishing => &[
            (Words(Sign::AskLogin), 2.1),
            (Words(Sign::Account), 1.3),
            (Words(Sign::Threat), 0.6),
            (Words(Sign::Urgency), 0.2),
            (Words(Sign::Voicemail), 0.9),
            (Words(Sign::SharedFile), 0.9),
            (Words(Sign::Crypto), 1.5),
            (Words(Sign::Tax), 1.0),
            (Words(Sign::AskPersonal), 0.4),
            (Words(Sign::Payroll), 0.3),
            (Observation::HasLink, 0.4),
            (Observation::AsksForPasswordHere, 1.5),
            (Observation::PageFile, 1.6),
            (Words(Sign::Goods), -0.9),
            (Words(Sign::Romance), -0.8),
            (Words(Sign::Prize), -0.5),
            (Words(Sign::Parcel), -0.5),
        ],
        AttackType::Payment => &[
            (Words(Sign::AskPayment), 1.3),
            (Observation::Both(Sign::AskPayment, Sign::Threat), 0.3),
            (Words(Sign::AskAvailable), 0.8),
            (Words(Sign::Secrecy), 0.5),
            (Words(Sign::Urgency), 0.2),
            (Observation::NoLink, 0.7),
            (Observation::RepliesGoElsewhere, 0.3),
            (Observation::VeryShort, 0.4),
            (Words(Sign::Fortune), -1.2),
            (Words(Sign::Extortion), -1.5),
            (Words(Sign::Parcel), -1.2),
            (Words(Sign::Crypto), -0.8),
            (Words(Sign::Invoice), -0.4),
        ],
        AttackType::Payroll => {
            &[(Words(Sign::AskPayroll), 3.4), (Observation::NoLink, 0.5), (Words(Sign::Payroll), 0.4)]
        }
        AttackType::GiftCards => &[
            (Words(Sign::AskGiftCard), 2.2),
            (Words(Sign::AskAvailable), 0.6),
            (Observation::NoLink, 0.8),
            (Observation::HasLink, -1.8),
        ],
        AttackType::Invoice => &[
            (Words(Sign::AskBankChange), 2.6),
            (Words(Sign::Invoice), 1.0),
            (Words(Sign::AskPayment), 0.6),
            (Observation::NoLink, 0.5),
            (Observation::HasFile, 0.4),
            (Words(Sign::AskCall), -0.6),
            (Words(Sign::AskLogin), -0.6),
            (Words(Sign::AskPayroll), -0.8),
        ],
        AttackType::CallBack => &[
            (Words(Sign::AskCall), 1.5),
            (Words(Sign::Renewal), 0.9),
            (Words(Sign::Order), 0.3),
            (Words(Sign::Invoice), 0.3),
            (Observation::PhoneOnly, 1.6),
            (Observation::HasLink, -1.0),
        ],
        AttackType::Malware => &[
            (Observation::RiskyFile, 2.8),
            (Observation::LinkToFile, 2.0),
            (Words(Sign::AskOpenFile), 0.7),
            (Observation::Both(Sign::AskOpenFile, Sign::Invoice), 0.7),
            (Observation::Both(Sign::AskOpenFile, Sign::Parcel), 1.1),
            (Observation::Both(Sign::AskOpenFile, Sign::Threat), 0.4),
            (Words(Sign::AskRun), 2.4),
            (Words(Sign::Summons), 1.8),
            (Observation::HasFile, 0.6),
            (Words(Sign::Invoice), 0.2),
            (Words(Sign::AskPayment), -0.6),
            (Words(Sign::AskLogin), -0.8),
            (Words(Sign::Fortune), -1.2),
            (Words(Sign::AskCall), -0.6),
        ],
        AttackType::Extortion => {
            &[(Words(Sign::Extortion), 2.4), (Observation::BitcoinAddress, 1.4), (Words(Sign::Threat), 0.3)]
        }
        AttackType::AdvanceFee => &[
            (Words(Sign::Fortune), 2.4),
            (Observation::LargeSum, 0.9),
            (Observation::FieldsToFill, 0.5),
            (Words(Sign::AskReply), 0.6),
            (Words(Sign::AskPersonal), 0.4),
            (Words(Sign::Secrecy), 0.2),
            (Words(Sign::Loan), 0.4),
            (Observation::Both(Sign::Loan, Sign::AskReply), 1.2),
            (Observation::NoLink, 0.6),
            (Observation::RepliesGoElsewhere, 0.3),
            (Observation::SenderIsFreeMail, 0.3),
            (Observation::HasLink, -0.8),
            (Words(Sign::Goods), -0.5),
        ],
        AttackType::Job => &[
            (Words(Sign::Job), 2.6),
            (Words(Sign::Reward), 0.2),
            (Words(Sign::AskReply), 0.3),
            (Words(Sign::Goods), -0.4),
        ],
        AttackType::Romance => {
            &[(Words(Sign::Romance), 2.7), (Words(Sign::Liking), 0.3), (Words(Sign::Account), -0.3)]
        }
        AttackType::Parcel => &[
            (Words(Sign::Parcel), 2.6),
            (Observation::NoLink, -0.4),
            (Words(Sign::AskPayment), 0.3),
            (Observation::HasLink, 0.3),
            (Words(Sign::Goods), -0.6),
            (Words(Sign::Prize), -1.0),
        ],
        AttackType::Prize => &[
            (Words(Sign::Prize), 2.2),
            (Observation::FieldsToFill, 0.6),
            (Words(Sign::Reward), 0.5),
            (Words(Sign::Scarcity), 0.2),
            (Words(Sign::Special), 0.4),
            (Observation::HasLink, 0.3),
            (Words(Sign::Fortune), -0.8),
            (Words(Sign::Romance), -0.6),
            (Words(Sign::AskLogin), -0.4),
            (Words(Sign::Crypto), -2.0),
            (Words(Sign::Goods), -0.8),
        ],
        AttackType::Reconnaissance => &[
            (Words(Sign::AskAvailable), 2.0),
            (Observation::NoLink, 0.5),
            (Observation::VeryShort, 0.7),
            (Words(Sign::AskReply), 0.5),
            (Words(Sign::AskPayment), -1.0),
            (Words(Sign::AskPayroll), -1.5),
            (Words(Sign::Fortune), -1.0),
            (Words(Sign::AskGiftCard), -1.0),
            (Words(Sign::Extortion), -1.0),
            (Observation::HasFile, -0.8),
        ],
        AttackType::Spam => &[
            (Words(Sign::Goods), 2.5),
            (Words(Sign::Scarcity), 0.4),
            (Words(Sign::Loan), 1.2),
            (Words(Sign::Crypto), 0.3),
            (Observation::SeveralOffers, 0.4),
            (Words(Sign::AskLogin), -0.8),
            (Words(Sign::Prize), -0.4),
        ],
    }
}
