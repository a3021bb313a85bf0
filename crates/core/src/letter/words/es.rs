//! Spanish.

use jiff::civil::Date;

use super::{Words, day_of, grouped, month};
use crate::{
    location::{Location, LocationState},
    retention::Reason,
};

const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

pub(super) struct Spanish;

impl Words for Spanish {
    fn tag(&self) -> &'static str {
        "es"
    }

    fn title(&self) -> &'static str {
        "Recibo de archivos borrados"
    }

    fn subject(&self, token: &str, follows: bool) -> String {
        if follows {
            format!("Su recibo está completo [{token}]")
        } else {
            format!("Sus archivos han sido borrados [{token}]")
        }
    }

    fn greeting(&self, name: &str) -> String {
        format!("Hola, {name}:")
    }

    fn what_happened(&self, files: usize, reason: Reason) -> String {
        let one = files == 1;
        let count = if one { "1 archivo".to_owned() } else { format!("{files} archivos") };
        let why = match reason {
            Reason::TicketClosed => "su caso de soporte está cerrado",
            Reason::CustomerAsked { .. } => "usted lo pidió",
            Reason::PeriodEnded => "el plazo acordado ha terminado",
            Reason::StaffDecided { .. } if one => "ya no es necesario",
            Reason::StaffDecided { .. } => "ya no son necesarios",
        };
        format!(
            "Hemos borrado {count} que usted nos confió, porque {why}. Primero se destruyeron las claves, después los \
             archivos cifrados y todas las copias que hicimos. Luego volvimos a mirar en cada lugar, y esto es lo que \
             encontramos:"
        )
    }

    fn what_followed(&self) -> &'static str {
        "Cuando le escribimos sobre los archivos que borramos, un lugar no estaba cerrado todavía. Ahora lo está. Esto es lo \
         que encontramos en cada lugar:"
    }

    fn bytes(&self, size: u64) -> String {
        if size == 1 { "1 byte".to_owned() } else { format!("{} bytes", grouped(size, ".")) }
    }

    fn day(&self, date: Date) -> String {
        format!("{} de {} de {}", date.day(), month(date, &MONTHS), date.year())
    }

    fn place_column(&self) -> &'static str {
        "Lugar"
    }

    fn found_column(&self) -> &'static str {
        "Lo que encontramos"
    }

    fn place(&self, location: &Location) -> &'static str {
        match location {
            Location::SealedFile => "el archivo cifrado en nuestro poder",
            Location::KeyWrap { .. } => "la clave que podía abrirlo",
            Location::ViewingCopy { .. } => "una copia de trabajo",
            Location::ForumCopy => "la copia del propio foro",
            Location::Backup { .. } => "la copia de seguridad en otro disco",
            Location::DropFolder => "lo que se guardó en la carpeta de entrega",
        }
    }

    fn found(&self, state: LocationState) -> String {
        match state {
            LocationState::Present => "presente".to_owned(),
            LocationState::ErasedVerified => "borrado hecho y comprobado".to_owned(),
            LocationState::KeyDestroyed => "destrucción hecha y comprobada".to_owned(),
            LocationState::ExpiresOn { date } => {
                format!("caduca a más tardar el {}", self.day(day_of(date)))
            }
            LocationState::RequestedNotConfirmed => "eliminación pedida, sin confirmar todavía".to_owned(),
            LocationState::Held => "se conserva por un motivo declarado".to_owned(),
            LocationState::NotOurs => "sigue ahí; no nos corresponde quitarlo".to_owned(),
            LocationState::Failed => "no se pudo borrar".to_owned(),
            LocationState::Unknown => "no se pudo comprobar".to_owned(),
        }
    }

    fn complete(&self) -> &'static str {
        "Con esto, todos los lugares que conocemos están cerrados."
    }

    fn partial(&self) -> &'static str {
        "No todos los lugares están cerrados todavía. Seguimos mirando, y usted recibirá un segundo recibo cuando lo esté el \
         último."
    }

    fn line(&self, place: &str, found: &str) -> String {
        format!("{place}: {found}")
    }

    fn how_to_check(&self, attached: bool) -> String {
        let how = if attached { "va adjunto" } else { "está más abajo" };
        format!(
            "El recibo firmado {how}. Se puede comprobar con `custody receipt verify`, o con openssl y nuestra clave pública."
        )
    }

    fn how_to_answer(&self) -> &'static str {
        "Por favor, responda a este mensaje con una de estas líneas:"
    }

    fn to_confirm(&self) -> (&'static str, &'static str) {
        ("Confirmo", "usted ha tomado nota y cerramos el asunto")
    }

    fn to_dispute(&self) -> (&'static str, &'static str) {
        ("Todavía puedo verlo", "algo sigue ahí o no es correcto, y una persona lo mira")
    }

    fn to_remove(&self) -> (&'static str, &'static str) {
        ("Por favor, borren mis archivos", "borramos también lo demás que tengamos de usted")
    }

    fn choice(&self, phrase: &str, meaning: &str) -> String {
        format!("«{phrase}»: {meaning}")
    }

    fn number(&self, token: &str) -> String {
        format!("Su recibo tiene el número {token}.")
    }

    fn waited_for_hold(&self, asked: Date, lifted: Date) -> String {
        format!(
            "Su solicitud del {} tuvo que esperar por una retención: había un motivo registrado para conservar los archivos. \
             La retención se levantó el {}.",
            self.day(asked),
            self.day(lifted)
        )
    }

    fn kept_title(&self) -> &'static str {
        "Su solicitud espera por una retención"
    }

    fn kept_subject(&self, token: &str) -> String {
        format!("Recibimos su solicitud; una retención conserva sus archivos por ahora [{token}]")
    }

    fn kept_received(&self, day: Date) -> String {
        format!("Hemos recibido y registrado su solicitud del {} de que se borren sus archivos.", self.day(day))
    }

    fn kept_why(&self, files: usize) -> String {
        let (what, it) =
            if files == 1 { ("Un archivo no se borra", "lo") } else { ("Algunos archivos no se borran", "los") };
        format!(
            "{what} todavía, por una retención: una persona identificada de nuestro equipo ha registrado por qué debemos \
             conservar{it} aún, por ejemplo por un deber legal o contractual, y eso va antes que el borrado. Por ahora \
             conservamos, cifrado como hasta ahora:"
        )
    }

    fn kept_next(&self, files: usize) -> String {
        let what = if files == 1 { "se borra" } else { "se borran" };
        format!(
            "Cuando se levante la retención, {what} sin que usted tenga que hacer nada más, y usted recibe un recibo firmado. \
             Para los archivos que no se nombran aquí, la retención no cambia nada."
        )
    }

    fn kept_ask(&self) -> &'static str {
        "Si quiere saber más sobre la retención u oponerse a ella, pregunte a:"
    }

    fn kept_number(&self, token: &str) -> String {
        format!("Su solicitud tiene el número {token}.")
    }

    fn receipt_below(&self, payload_type: &str) -> String {
        format!("El recibo firmado ({payload_type}):")
    }
}
