# A queue that the bot may read and one that it may not, and who works with them. Writes their tokens as JSON.
use strict;
use warnings;
use lib '/usr/share/request-tracker5/lib';
use RT -init;
use JSON;

my $system = RT->SystemUser;

sub made {
    my ( $ok, $message ) = @_;
    die "$message\n" unless $ok;
}

my %queue;
for my $name ( 'Support', 'Closed circle' ) {
    $queue{$name} = RT::Queue->new($system);
    made( $queue{$name}->Create( Name => $name, Lifecycle => 'default' ) );
}

# Far from UTC: dates of a query are read in the account's own zone.
my %zone = ( vaultbot => 'UTC', eastbot => 'Pacific/Kiritimati', westbot => 'Pacific/Pago_Pago' );
my %answer;
for my $name ( sort keys %zone ) {
    my $user = RT::User->new($system);
    made( $user->Create( Name => $name, EmailAddress => "$name\@rt.test", Privileged => 1, Timezone => $zone{$name} ) );
    made( $user->PrincipalObj->GrantRight( Right => $_, Object => $queue{Support} ) ) for qw(SeeQueue ShowTicket);
    made( $user->PrincipalObj->GrantRight( Right => 'ManageAuthTokens', Object => $RT::System ) );
    $answer{$name} = token_of($user);
}
my $root = RT::User->new($system);
$root->Load('root');
$answer{root} = token_of($root);

open my $out, '>', $ARGV[0] or die "$ARGV[0]: $!\n";
print $out encode_json( \%answer );
close $out or die "$ARGV[0]: $!\n";

sub token_of {
    my ($user) = @_;
    my $token = RT::AuthToken->new($system);
    my ( $ok, $message, $text ) = $token->Create( Owner => $user->id, Description => 'custody' );
    made( $ok, $message );
    return $text;
}
