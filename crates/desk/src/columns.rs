//! How our own types stand in columns and rows, on both engines. Two small macros rather than the driver's derives: those would build the whole
//! driver a second time for the compiler's own use.

/// Declares a struct that is read from a row whose columns are named like its fields.
#[macro_export]
macro_rules! columns {
    (
        $(#[$about:meta])*
        $seen:vis struct $name:ident {
            $($(#[$field_about:meta])* $field_seen:vis $field:ident: $kind:ty),* $(,)?
        }
    ) => {
        $(#[$about])*
        $seen struct $name {
            $($(#[$field_about])* $field_seen $field: $kind),*
        }

        impl<'r, Row: sqlx::Row> sqlx::FromRow<'r, Row> for $name
        where
            &'static str: sqlx::ColumnIndex<Row>,
            $($kind: sqlx::Decode<'r, Row::Database> + sqlx::Type<Row::Database>),*
        {
            fn from_row(row: &'r Row) -> std::result::Result<Self, sqlx::Error> {
                Ok(Self { $($field: row.try_get(stringify!($field))?),* })
            }
        }
    };
}

/// Stores `$name` as the driver stores `$plain`: `$to` turns a reference into it, `$from` takes it back.
macro_rules! stored_as {
    ($name:ident, $plain:ty, $to:expr, $from:expr) => {
        impl<Engine: sqlx::Database> sqlx::Type<Engine> for $name
        where
            $plain: sqlx::Type<Engine>,
        {
            fn type_info() -> Engine::TypeInfo {
                <$plain as sqlx::Type<Engine>>::type_info()
            }
            fn compatible(info: &Engine::TypeInfo) -> bool {
                <$plain as sqlx::Type<Engine>>::compatible(info)
            }
        }

        impl<'q, Engine: sqlx::Database> sqlx::Encode<'q, Engine> for $name
        where
            $plain: sqlx::Encode<'q, Engine>,
        {
            fn encode_by_ref(
                &self,
                buffer: &mut <Engine as sqlx::Database>::ArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                let plain: fn(&$name) -> $plain = $to;
                <$plain as sqlx::Encode<'q, Engine>>::encode(plain(self), buffer)
            }
        }

        impl<'r, Engine: sqlx::Database> sqlx::Decode<'r, Engine> for $name
        where
            $plain: sqlx::Decode<'r, Engine>,
        {
            fn decode(
                value: <Engine as sqlx::Database>::ValueRef<'r>,
            ) -> Result<Self, sqlx::error::BoxDynError> {
                let back: fn($plain) -> Result<$name, sqlx::error::BoxDynError> = $from;
                back(<$plain as sqlx::Decode<'r, Engine>>::decode(value)?)
            }
        }
    };
}

pub(crate) use stored_as;
